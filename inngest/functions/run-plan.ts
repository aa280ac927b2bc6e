import type { GetStepTools, Inngest } from "inngest";
import { z } from "zod";
import type { StepServices } from "@/server/execution/step-services";
import { type WalkAnswer, walkRun } from "@/server/execution/walk-run";
import { endRun } from "@/server/runs/store/end-run";
import type { ShareOf } from "../embedded/run-book";

const runEventSchema = z.object({ runId: z.string() });
const ownerSchema = z.object({ teamId: z.string().catch(""), workflowId: z.string().catch("") }).catch({
	teamId: "",
	workflowId: "",
});

/** Teams share the embedded engine fairly, and a team's workflows what their team gets. */
export const shareByTeam: ShareOf = ({ data }) => {
	const { teamId, workflowId } = ownerSchema.parse(data);
	return [teamId, workflowId];
};

/** A failure of the engine or the database, not of a step: those are answers. */
const ENGINE_RETRIES = 10;

/**
 * The durable function behind every run. Its steps are those walks that end because all that is left waits; what happened
 * in a walk is recorded by the walk itself, so one that is repeated goes on at its records.
 */
export function createRunPlan(inngest: Inngest, services: StepServices) {
	return inngest.createFunction(
		{
			id: "run-plan",
			name: "Run a plan",
			triggers: [{ event: "weft/run.requested" }],
			retries: ENGINE_RETRIES,
			cancelOn: [{ event: "weft/run.stopped", if: "async.data.runId == event.data.runId" }],
			checkpointing: { maxRuntime: "5m", bufferedSteps: 20, maxInterval: "200ms" },
			onFailure: async ({ event, error }) => {
				const { runId } = runEventSchema.parse(event.data.event.data);
				services.warn("A run was given up by the engine.", error);
				const message =
					"The engine gave up on this run after several tries. Look at the worker's log, then run it again.";
				await endRun(services.sql, runId, { end: { status: "failed", error: { message, code: "engine" } } });
				await services.runner.release(runId);
			},
		},
		async ({ event, step }) => {
			const { runId } = runEventSchema.parse(event.data);
			for (let n = 0; ; n++) {
				const answer = await step.run(`walk:${n}`, () => walkRun(services, runId));
				if (answer.status === "ended") return;
				await waitFor(step, `wait:${n}`, { runId, answer, pauses: n });
			}
		},
	);
}

/** A run that was paused looks again after so long, in case its resuming was missed. */
const PAUSE_LOOKS_MS = [60_000, 600_000, 3_600_000, 86_400_000] as const;
/** How long a wait without an end is registered with the engine at a time. */
const LONG_WAIT_MS = 7 * 86_400_000;

async function waitFor(
	step: GetStepTools<Inngest>,
	id: string,
	{ runId, answer, pauses }: { runId: string; answer: Exclude<WalkAnswer, { status: "ended" }>; pauses: number },
): Promise<void> {
	const condition = `async.data.runId == ${JSON.stringify(runId)}`;
	if (answer.status === "paused") {
		const timeout = new Date(Date.now() + (PAUSE_LOOKS_MS[Math.min(pauses, 3)] ?? 86_400_000));
		await step.waitForEvent(id, { event: "weft/run.resumed", if: condition, timeout });
		return;
	}
	const { until = Date.now() + LONG_WAIT_MS, decision } = answer;
	if (decision) {
		const timeout = new Date(Math.max(until, Date.now()));
		await step.waitForEvent(id, { event: "weft/approval.decided", if: condition, timeout });
	} else await step.sleepUntil(id, new Date(until));
}
