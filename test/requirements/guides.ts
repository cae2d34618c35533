// What this project promises about the troubleshooting page and the guides, as ids that tests cite (see all.ts).

export const guides = {
  "guides.every-code":
    "Issue 6, part 6: the troubleshooting page has one anchored entry for each failure code, as HTML and as docs/errors.md, and every link in it resolves.",
  "guides.strict-page":
    "Issue 6, part 2: the page needs no inline script or style, and what its texts and parameters hold is escaped.",
  "guides.true-remedies":
    "Design §1.4: the page's commands, Genie's reasons and AADSTS numbers are those by which the gateway itself decides and answers.",
  "guides.generated":
    "Issue 6, part 6: docs/errors.md is generated from the error catalogue; a change without a new file fails the tests.",
} as const;
