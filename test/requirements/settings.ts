// What this project promises about settings, as ids that tests cite (see all.ts).

export const settings = {} as const;
