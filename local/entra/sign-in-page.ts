// The simulator's sign-in page and its error page. Every value is escaped, nothing is loaded and no script
// runs (the policy forbids both), so that a request parameter cannot become part of the page.

import { createHash } from "node:crypto";
import type { LoopbackReply } from "../loopback-server.ts";
import type { SimulatedUser } from "../users.ts";

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;margin:4rem auto;max-width:26rem;padding:0 1rem}" +
  "button{display:block;width:100%;margin:.5rem 0;padding:.75rem;font:inherit;text-align:left;cursor:pointer}" +
  "small{color:#555}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

function page(status: number, title: string, content: string, formTargets: string): LoopbackReply {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${formTargets}; ` +
        "base-uri 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
    body:
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
      `<style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>`,
  };
}

/**
 * One button per user. The request parameters travel on as hidden fields and are checked again on POST.
 * @param redirectUri a registered one: browsers apply `form-action` to the redirect after the POST too.
 */
export function signInPage(
  users: readonly SimulatedUser[],
  parameters: URLSearchParams,
  redirectUri: string,
): LoopbackReply {
  const hidden = [...parameters]
    .map(
      ([name, value]) =>
        `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    )
    .join("");
  const buttons = users
    .map(
      ({ objectId, displayName, userName }) =>
        `<button name="sign_in_as" value="${escapeHtml(objectId)}">${escapeHtml(displayName)}<br>` +
        `<small>${escapeHtml(userName)}</small></button>`,
    )
    .join("");
  const content =
    "<p>This is a simulated sign-in: pick a user, no password is asked.</p>" +
    `<form method="post">${hidden}${buttons}<button name="cancel" value="1">Cancel</button></form>`;
  return page(200, "Sign in", content, `'self' ${new URL(redirectUri).origin}`);
}

/** For requests that must not be answered by a redirect, because nobody vouches for its address. */
export function signInErrorPage(description: string): LoopbackReply {
  return page(400, "Sign-in failed", `<p>${escapeHtml(description)}</p>`, "'none'");
}
