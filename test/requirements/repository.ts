// What this project promises about repository, as ids that tests cite (see all.ts).

export const repository = {} as const;
