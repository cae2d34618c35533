// Texts of a card. Data goes into rich text blocks, which know no Markdown: it shows literally, whatever it holds.
// Markdown blocks are for Genie's own words alone, and of their links only http and https work.

import { RichTextBlock, TextBlock, TextRun, type TextRunOptions } from "@microsoft/teams.cards";

/** Data or our own words, literally. */
export function plain(text: string, style: TextRunOptions = {}): RichTextBlock {
  const literal = withoutFunctions(text);
  const isStyled = Object.keys(style).length > 0;
  return new RichTextBlock({ inlines: [isStyled ? new TextRun(literal, style) : literal] });
}

/** Genie's own words. */
export function words(markdown: string): TextBlock {
  return new TextBlock(harmless(markdown), { wrap: true });
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` are evaluated in every text of a card: an invisible U+2060 takes them apart. */
export function withoutFunctions(text: string): string {
  return text.replace(/\{(?=\{)/g, "{\u2060");
}

/** No link but to http and https, no image, no HTML: a blank in the right place makes each of them mere text. */
export function harmless(markdown: string): string {
  return withoutFunctions(markdown)
    .replace(/!+(?=\[)/g, "")
    .replace(/\](?=\((?!\s*<?https?:\/\/))/gi, "] ")
    .replace(/\](?=:(?!\s*<?https?:\/\/))/gi, "] ")
    .replace(/<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>)/gi, "< ");
}
