import { z } from "zod";
import { defineKind } from "../notification-kind";
import { runName, runPath } from "../run-place";

export const approval = defineKind({
	title: "Approvals",
	description: "A run waits for a decision that you may make.",
	icon: "user-round-check",
	data: z.object({
		nodeId: z.string(),
		iteration: z.string(),
		/** What is asked. */
		excerpt: z.string(),
	}),
	settled: "No longer waiting",
	isCounted: false,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 60,
	describe({ data: _, ...happening }) {
		const name = runName(happening);
		return `${name.charAt(0).toUpperCase()}${name.slice(1)} waits for your decision`;
	},
	excerpt: ({ data }) => data.excerpt,
	path: ({ data, ...happening }) => runPath(happening, data),
});
