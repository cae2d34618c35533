// The commit that the version names (`0.1.0+<first 12 characters>`), from the environment: the same sources with the same commit make the
// same bytes. It asks no git, because a package is built from archives too.

const COMMIT = /^[0-9a-f]{12,64}$/;

/** @throws Error where BUILD_COMMIT is no commit: whoever waits for that version after a deployment would wait in vain */
export function readBuildCommit({ BUILD_COMMIT: given = "" }: NodeJS.ProcessEnv) {
  if (given === "") return undefined;
  if (!COMMIT.test(given)) throw new Error("BUILD_COMMIT must be a commit's hash in full.");
  return given.slice(0, 12);
}
