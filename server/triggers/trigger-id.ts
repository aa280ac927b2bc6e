import { z } from "zod";

/** The id of a trigger in its plan: what is kept of it, as its pause and its history, follows it from version to version. */
export const triggerIdSchema = z
	.string()
	.regex(/^[a-z][a-z0-9_]{0,63}$/, "Use lower-case letters, digits and _, starting with a letter");
