import { z } from "zod";

/** What has happened, in dotted words: `order.paid`. */
export const eventNameSchema = z
	.string()
	.trim()
	.regex(
		/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/,
		"Name it in letters, digits and dots, such as order.paid, with 100 characters at most",
	);
