// What this project promises about http, as ids that tests cite (see all.ts).

export const http = {} as const;
