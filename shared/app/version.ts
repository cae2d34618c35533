// The version that /health shows. A test keeps it equal to package.json, which the deployed app does not read.

export const VERSION = "0.1.0";
