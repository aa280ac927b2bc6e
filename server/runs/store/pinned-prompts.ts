/** The version of a prompt of the library that each step of a run uses, by the step's id. */
export type PinnedPrompts = Readonly<Record<string, { promptId: string; version: number }>>;
