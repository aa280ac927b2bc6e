/** Values shorter than this are not hidden in logs: hiding every "abc" would hide nothing and spoil the log. */
export const MIN_REDACTED_LENGTH = 8;
