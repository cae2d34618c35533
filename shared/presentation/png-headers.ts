// Headers of a picture that somebody else made: shown in place, under a name of ours, and if a browser takes it for
// a document after all, one that may load and run nothing.

/** @param attachmentId of the form that path parameters have been checked for: hexadecimal */
export function pngHeaders(attachmentId: string): Record<string, string> {
  return {
    "Content-Disposition": `inline; filename="visualization-${attachmentId}.png"`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
}
