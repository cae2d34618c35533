// The environment of the host process: the app settings, what the real host sets, and the few system variables a
// program needs. The developer's other variables stay out, so that a run depends on its settings alone.

const inherited = [
  "PATH",
  "HOME",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "SystemRoot",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LANG",
  "TZ",
  "NODE_V8_COVERAGE",
  "NODE_EXTRA_CA_CERTS",
  "NODE_COMPILE_CACHE",
];

export function childEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const system = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(system),
    FUNCTIONS_WORKER_RUNTIME: "node",
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    ...settings,
  };
}
