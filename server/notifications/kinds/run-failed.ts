import { z } from "zod";
import { defineKind } from "../notification-kind";
import { runPath } from "../run-place";

export const runFailed = defineKind({
	title: "Failed runs",
	description: "A run that you started fails, or an automatic run of a workflow that you published.",
	icon: "circle-x",
	data: z.object({
		/** Why the last of them failed. */
		excerpt: z.string(),
		nodeId: z.string().optional(),
	}),
	isCounted: true,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 120,
	describe({ count, workflow, runNumber }) {
		const name = workflow?.name ?? "A workflow";
		return count === 1 ? `Run ${runNumber ?? ""} of ${name} failed` : `${count} runs of ${name} failed within the hour`;
	},
	excerpt: ({ data }) => data.excerpt,
	path({ data, ...happening }) {
		const { count, team, workflow } = happening;
		if (count === 1 || workflow === null) return runPath(happening, data);
		return `/${team.slug}/workflows/${workflow.slug}?tab=runs`;
	},
});
