// Looks up the app settings a binding refers to: `%NAME%` placeholders, on/off switches, storage connections.
// Reads what it is given; the process environment is handed in by the host.

export type AppSettings = Readonly<Record<string, string | undefined>>;

/** Replaces each `%NAME%`; throws for one that does not resolve, which puts the function in error. */
export function resolvePlaceholders(text: string, settings: AppSettings): string {
  return text.replace(/%([^%]+)%/g, (placeholder, name: string) => {
    const value = settings[name];
    if (value === undefined) {
      throw new Error(`'${placeholder}' does not resolve to a value of an app setting`);
    }
    return value;
  });
}

/** `AzureWebJobs.<NAME>.Disabled`, or with `__` where a dot is not allowed in a name. */
export function isDisabled(functionName: string, settings: AppSettings): boolean {
  const value =
    settings[`AzureWebJobs.${functionName}.Disabled`] ??
    settings[`AzureWebJobs__${functionName}__Disabled`];
  return value !== undefined && /^(?:true|1)$/i.test(value);
}

/** The value of a setting, also under the `AzureWebJobs` prefix that connections may leave out. */
export function connectionSetting(name: string, settings: AppSettings): string | undefined {
  return settings[name] ?? settings[`AzureWebJobs${name}`];
}
