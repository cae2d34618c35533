// The words before and between the entries of the troubleshooting page, the same in Markdown and HTML.
// They know the marks of guide-text.ts.

export const GUIDE_TITLE = "Errors and what to do about them";

export const GUIDE_INTRODUCTION: readonly string[] = [
  "Every failure is a problem document (RFC 9457, `application/problem+json`) with a stable `code`, a `detail` for the person who asked and, where somebody can act, a `remedy`. Its `type` is the address of this page with the code as anchor.",
  "`request_id` is also the header `X-Request-Id`: give it to the gateway's operator. The remedy of a document is more exact than this page: it names the ids and settings of your gateway where they are no secret.",
  "With `async=never` the same document stands in `error` of an answer with status 200.",
  "Commands are for bash, for example in Azure Cloud Shell; replace what stands in `<…>`.",
];
