import type { GetStepTools, Inngest } from "inngest";
import { z } from "zod";
import type { StepServices } from "@/server/execution/step-services";
import { type WalkAnswer, walkRun } from "@/server/execution/walk-run";
import { endRun } from "@/server/runs/store/end-run";
import type { FairnessKeysOf } from "../embedded/run-registry";

const runEventSchema = z.object({ runId: z.string() });
const ownerSchema = z.object({ teamId: z.string().catch(""), workflowId: z.string().catch("") }).catch({
	teamId: "",
	workflowId: "",
});

/** Slots are shared fairly between teams, then between the workflows of a team. */
export const fairnessKeysByTeam: FairnessKeysOf = ({ data }) => {
	const { teamId, workflowId } = ownerSchema.parse(data);
	return [teamId, workflowId];
};

/** Retries after a failure of the engine or the database; a step's failure is an answer, not an error. */
const ENGINE_RETRIES = 10;

/**
 * The durable function behind every run. Each of its steps is a walk, which ends when all steps of the run are suspended.
 * A walk records its own progress, so one that is repeated resumes from the records.
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

/** How long a paused run waits before it checks again whether it was resumed, in case the event was missed. */
const PAUSE_POLL_MS = [60_000, 600_000, 3_600_000, 86_400_000] as const;
/** A wait without an end is registered with the engine for this long at a time. */
const LONG_WAIT_MS = 7 * 86_400_000;

async function waitFor(
	step: GetStepTools<Inngest>,
	id: string,
	{ runId, answer, pauses }: { runId: string; answer: Exclude<WalkAnswer, { status: "ended" }>; pauses: number },
): Promise<void> {
	const condition = `async.data.runId == ${JSON.stringify(runId)}`;
	if (answer.status === "paused") {
		const timeout = new Date(Date.now() + (PAUSE_POLL_MS[Math.min(pauses, 3)] ?? 86_400_000));
		await step.waitForEvent(id, { event: "weft/run.resumed", if: condition, timeout });
		return;
	}
	const { until = Date.now() + LONG_WAIT_MS, answer: mayBeAnswered } = answer;
	if (mayBeAnswered) {
		const timeout = new Date(Math.max(until, Date.now()));
		await step.waitForEvent(id, { event: "weft/wait.answered", if: condition, timeout });
	} else await step.sleepUntil(id, new Date(until));
}
