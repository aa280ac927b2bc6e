/** Characters that the names of a workflow may have. */
export const WORKFLOW_LIMITS = { name: 120, description: 2_000, slug: 64 } as const;
