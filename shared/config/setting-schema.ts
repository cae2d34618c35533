// The small schemas that settings are made of, and the bridge for rules that need several settings.
// Messages say the rule and never the value: they end up in a problem document and in the log.

import * as z from "zod";
import type { RawSettings, SettingName } from "./raw-settings.ts";
import { isLoopbackHost } from "./runtime-environment.ts";

/** `is required` for a missing setting, the given rule for a wrong one. */
const required = (rule: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? "is required" : rule;

/** Entra ids compare without case; tokens carry them in lower case. */
export const guid = z
  .string({ error: required("must be a GUID") })
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "must be a GUID")
  .toLowerCase();

export const commaList = z
  .string()
  .transform((text) => text.split(",").map((entry) => entry.trim()))
  .refine((entries) => entries.every((entry) => /^[\x21-\x7e]+$/.test(entry)), {
    // A stray comma must not end as an allow-list that allows less, or more, than was meant.
    error: "must be a comma list without blanks or empty entries",
  });

/** One word that Entra compares as a whole: a scope, a role. */
export const word = z.string().regex(/^[\x21-\x7e]{1,200}$/, "must be one word without blanks");

export function wholeNumber(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error });
}

/**
 * The origin of an absolute URL, or undefined when it is anything more (user information, path, query,
 * fragment) or not https. `http` is taken for a loopback host where the design says so.
 */
export function originOf(text: string, { loopbackHttp }: { loopbackHttp: boolean }) {
  const url = URL.parse(text);
  if (url === null || url.pathname !== "/" || /[?#@]/.test(text)) return;
  const secure = url.protocol === "https:";
  const local = loopbackHttp && url.protocol === "http:" && isLoopbackHost(url.hostname);
  return secure || local ? url.origin : undefined;
}

export function origin(options: { loopbackHttp: boolean }) {
  const rule = options.loopbackHttp
    ? "must be an https origin without a path (http only for a loopback host)"
    : "must be an https origin without a path";
  return z.string({ error: required(rule) }).transform((text, context) => {
    const value = originOf(text, options);
    if (value !== undefined) return value;
    context.addIssue(rule);
    return z.NEVER;
  });
}

export type ReportFault = (setting: SettingName, rule: string) => void;

/**
 * A schema for a rule that needs several settings. `read` reports what is wrong and then returns
 * undefined; it runs even when other settings are faulty, so that all faults are named at once.
 */
export function settingsRule<T>(read: (raw: RawSettings, report: ReportFault) => T | undefined) {
  return z.custom<RawSettings>().transform((raw, context) => {
    const value = read(raw, (setting, rule) =>
      context.addIssue({ code: "custom", path: [setting], message: rule }),
    );
    return value === undefined ? z.NEVER : value;
  });
}
