import type { Inngest } from "inngest";
import { z } from "zod";
import { FatalError } from "@/server/errors";
import { beginRun } from "@/server/runs/begin-run";
import { endRun } from "@/server/runs/end-run";
import type { ShareOf } from "../embedded/run-book";
import { durableByInngest } from "./durable";
import { finishRun } from "./finish-run";
import type { RunFacts } from "./run-memory";
import { RunStopped } from "./run-signals";
import { createSkips } from "./skips";
import { type Walk, walkBody } from "./walk-body";
import type { StepWorld } from "./world";

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
 * The durable function behind every run: it walks the run's plan, each node one durable step. What a step did is recorded
 * by the step itself, so checkpoints may be buffered: a step that is repeated finds its record.
 */
export function createRunPlan(inngest: Inngest, world: StepWorld) {
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
				world.warn("A run was given up by the engine.", error);
				const message =
					"The engine gave up on this run after several tries. Look at the worker's log, then run it again.";
				await endRun(world.sql, runId, { end: { status: "failed", error: { message, code: "engine" } } });
				await world.runner.release(runId);
			},
		},
		async ({ event, step }) => {
			const { runId } = runEventSchema.parse(event.data);
			const facts = await readFacts(world, runId);
			if (facts === undefined) return;
			const { timeoutSeconds } = facts.plan.settings;
			const status = await step.run(
				"run:begin",
				async () => (await beginRun(world.sql, runId, timeoutSeconds)) ?? null,
			);
			if (status !== "running" && status !== "paused") return;
			const skips = createSkips(world, runId);
			const walk: Walk = { world, facts, durable: durableByInngest(step), skips };
			try {
				const verdict = await walkBody(walk, { iteration: "" });
				await step.run("run:end", () => finishRun(world, facts, { verdict, skips }));
			} catch (error) {
				if (!(error instanceof RunStopped)) throw error;
			}
		},
	);
}

/** A run whose plan cannot be read ends at once, with what to do about it. */
async function readFacts(world: StepWorld, runId: string): Promise<RunFacts | undefined> {
	try {
		return await world.memory.facts(runId);
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const end = { status: "failed" as const, error: { message: error.message, code: "unreadable_plan" } };
		await endRun(world.sql, runId, { end });
		return undefined;
	}
}
