// What this project promises about reading, as ids that tests cite (see all.ts).

export const reading = {} as const;
