import { z } from "zod";
import { defineKind } from "../notification-kind";
import { runName, runPath } from "../run-place";

export const mention = defineKind({
	title: "Mentions",
	description: "Somebody mentions you in a comment.",
	icon: "at-sign",
	data: z.object({
		/** The name of whoever wrote it. */
		by: z.string(),
		excerpt: z.string(),
		commentId: z.string(),
		/** The step that the comment is on. */
		nodeId: z.string().optional(),
		iteration: z.string().optional(),
	}),
	isCounted: false,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 60,
	describe: ({ data, ...happening }) => `${data.by} mentioned you in ${runName(happening)}`,
	excerpt: ({ data }) => data.excerpt,
	path({ data, ...happening }) {
		const path = runPath(happening, data);
		return path && `${path}#comment-${data.commentId}`;
	},
});
