import { z } from "zod";
import { defineKind } from "../notification-kind";
import { runPath } from "../run-place";

export const failureUntold = defineKind({
	title: "Failures that could not be told",
	description: "A destination that you have set up for failed runs could not be written to.",
	icon: "bell-off",
	data: z.object({
		/** The destination. */
		to: z.string(),
		/** Why not. */
		excerpt: z.string(),
	}),
	isCounted: true,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 120,
	describe({ count, data, workflow }) {
		const often = count === 1 ? "" : `, ${count} times within the hour`;
		return `${data.to} could not be told of ${workflow?.name ?? "a budget"}${often}`;
	},
	excerpt: ({ data }) => data.excerpt,
	path: runPath,
});
