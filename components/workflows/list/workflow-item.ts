import type { Outputs } from "../../trpc/types";
import { runLook } from "../../ui/run-state/run-look";
import type { Tick } from "../../ui/run-state/run-ticks";

/** One workflow of the list, with its last runs. */
export type WorkflowItem = Outputs["workflows"]["list"][number];

const LIVE = ["queued", "running", "waiting", "paused"];

/** Whether its last run may still change. */
export function isLive(workflow: WorkflowItem): boolean {
	return workflow.lastRun !== null && LIVE.includes(workflow.lastRun.status);
}

export function ticksOf(workflow: WorkflowItem): Tick[] {
	return workflow.runs.map(({ number, isTest, status }) => ({ number, isTest, state: runLook(status) }));
}

/** The workflows whose name, slug or description hold every word of the search. */
export function findWorkflows(workflows: readonly WorkflowItem[], search: string): WorkflowItem[] {
	const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
	return workflows.filter((workflow) => {
		const text = `${workflow.name} ${workflow.slug} ${workflow.description ?? ""}`.toLocaleLowerCase();
		return words.every((word) => text.includes(word));
	});
}
