/** Characters of JSON that one step hands on at most. Larger values belong into a file of the workspace. */
export const MAX_OUTPUT_LENGTH = 2_000_000;
