/** Characters that the name of a team may have. */
export const TEAM_LIMITS = { name: 80 } as const;
