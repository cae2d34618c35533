// What this project promises about setting it up and operating it, as ids that tests cite (see all.ts).

export const setUp = {
  "infra.entra-registration":
    "Issue 7, part 2: the registration script makes the application with scope, role, version 2 tokens, redirect, Databricks permission, consent and credential, and leaves alone what others put there.",
  "infra.entra-repeatable":
    "Issue 7, part 2: the registration script run twice changes nothing the second time, and a run that failed anywhere is finished by the next one.",
  "infra.entra-secretless":
    "Issue 7, part 2: where the application trusts the managed identity, no run makes a client secret unless it is told to, and replacing one is refused.",
  "infra.environments-apart":
    "Issue 7, part 2: setting up one environment takes no credential away from another one, and never overwrites another application's client secret.",
  "infra.secrets-never-shown":
    "Issue 7, part 2: secrets go straight into the vault: none is in an argument list, an output or a file, and none is replaced unless that is asked for.",
  "infra.left-for-admin":
    "Issue 7, part 2: what the signed-in person may not do is printed as commands for somebody who may, and the rest is done.",
  "infra.databricks-grants":
    "Issue 7, part 2: the grants script gives service principal and group what the gateway's own remedies name, adds only what is missing, and run twice changes nothing.",
  "infra.deploy-guide":
    "Issue 7: a person without prior knowledge gets by one page from an empty subscription to a first answer; the page names every service that the template uses.",
  "infra.dry-run":
    "Issue 7, It must show: a dry run calls nothing, needs no sign-in, prints each call that a run makes in order, and explains every placeholder with the option or the numbered step that it comes from.",
  "infra.erase-person":
    "Issue 7, part 6: one command erases what the storage holds about one user, and nothing of anybody else.",
  "infra.return-poison":
    "Issue 7, part 6: one command puts poison messages back to work: written before it is deleted, as it stood, none that is not the gateway's, and it comes to an end.",
  "infra.setup-refusals":
    "Issue 7, part 2: bad options, a missing program, a missing sign-in and a wrong tenant are refused in words that say what to do.",
} as const;
