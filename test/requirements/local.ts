// What this project promises about local, as ids that tests cite (see all.ts).

export const local = {} as const;
