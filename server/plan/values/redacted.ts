/** What stands in the place of a secret's value in everything that people may read. */
export const REDACTED = "•••";
