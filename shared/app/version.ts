// The version that /health shows: of package.json, which the deployed app does not read (a test keeps the two equal), and, where
// the build was told it, the commit behind it. By that a deployment is known to have arrived.

/** Put in by the build (local/build/build.ts), which was given BUILD_COMMIT; else there is no such name. */
declare const BUILD_COMMIT: string;

const RELEASE = "0.1.0";

export const VERSION = typeof BUILD_COMMIT === "undefined" ? RELEASE : `${RELEASE}+${BUILD_COMMIT}`;
