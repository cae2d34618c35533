// What this project promises about the repository and its build, as ids that tests cite (see all.ts).

export const repository = {
  "repository.packed-app":
    "Issue 3, part 1: what is deployed, and nothing else, starts and registers every function of the contracts.",
  "repository.never-zero-functions":
    "Design §2: without any setting every function is registered and /health answers.",
  "repository.startup-imports":
    "Design §1.5: the start-up path of the bundle loads none of the heavy libraries; the build fails otherwise.",
  "repository.deployed-files":
    "Issue 3, part 1: only host.json, package.json, the bundle and the assets of the pages are deployed.",
} as const;
