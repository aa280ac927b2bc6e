import { z } from "zod";
import { openTeamKey } from "@/server/credentials/team-key";
import { getMasterSecrets } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import type { ForkableTurns, TurnChange } from "@/server/nodes/forkable-turns";
import type { JsonObject } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { isTriggerType } from "@/server/triggers/catalog";
import { refuseArchived } from "@/server/workflows/workflow-ref";
import type { NewRunEvent } from "../events";
import { findOwnCredentials } from "../read/own-credentials";
import type { ForkSource } from "../store/copy-fork";
import type { InsertedRun } from "../store/insert-run";
import { launchRun } from "../verbs/launch-run";
import { findAgentStep, readEntries, turnRefInput } from "./find-agent-step";
import { findCut } from "./find-cut";
import { forkSeals } from "./fork-seals";
import { readVariables } from "./read-variables";

const text = z.string().max(200_000, "At most 200,000 characters go on with a fork. Shorten it.");
/** One that is kept has as many at most, with what says that it was cut. */
const result = z.string().max(41_000, "A result has at most 41,000 characters. Shorten it.");

export const forkTurnInput = turnRefInput.extend({
	/** By the ids of calls of the turn: what they shall have returned. */
	results: z.record(z.string().max(200), result).default({}),
	/** Fields of the step that hold other values, taken as they are written. */
	changes: z.strictObject({
		prompt: text.min(1, "Enter the task.").optional(),
		instructions: text.optional(),
		model: text.optional(),
	}),
	/** What the model is told before it goes on. */
	message: text.optional(),
	/** An idempotency key made by the client: the same one twice starts one run. */
	requestId: z.string().min(8).max(100),
});
type ForkTurn = z.infer<typeof forkTurnInput>;

/**
 * Starts a run that goes on from a turn of an agent in another one, with something changed. What had ended by then is taken
 * over, and costs nothing; the other run stays as it is. Throws `not_found` where the turn is recorded no more.
 */
export async function forkTurn(caller: Caller, input: ForkTurn): Promise<InsertedRun> {
	const { db } = caller.database;
	const { team } = await requireMember(db, caller.actor, input.team, "run:start");
	const source = await findAgentStep(caller.database, team.id, input);
	// What the step says is for editors to change, also for one run.
	if (source.run.kind !== "workflow" || listChanged(input).length > 0)
		await requireMember(db, caller.actor, input.team, "workflow:edit");
	refuseArchived(source.workflow);
	const { run, plan } = source;
	if (run.kind === "try" || (!isTriggerType(run.trigger) && run.trigger !== "workflow"))
		throw new WeftError("conflict", "A try of one step cannot be forked. Test the draft, and fork that.");
	return await launchRun(caller, {
		...{ teamId: team.id, workflowId: run.workflowId, kind: run.kind, version: run.version, plan },
		...{ planHash: run.planHash, trigger: run.trigger, payload: run.payload, input: run.input, depth: run.depth },
		...(run.pinned && { pinned: run.pinned }),
		prompts: run.prompts,
		inherited: await ownCredentials(caller, run),
		variables: await readVariables(caller.database.sql, run.id),
		fork: await readFork(caller, source, input),
		requestId: input.requestId,
		audit: { action: "run.forked", detail: { from: run.number, node: input.nodeId, turn: input.turn, ...told(input) } },
	});
}

/** What is different from the turn on, for the audit log: which results, which fields, and whether it was told something. */
function told(input: ForkTurn): JsonObject {
	const [edited, changed] = [Object.keys(input.results), listChanged(input)];
	return {
		...(edited.length > 0 && { edited }),
		...(changed.length > 0 && { changed }),
		...(input.message?.trim() && { told: true }),
	};
}

function listChanged({ changes }: ForkTurn): string[] {
	return Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

type Source = Awaited<ReturnType<typeof findAgentStep>>;

/** What others read by credentials of their own stays theirs. */
async function ownCredentials({ database, actor }: Caller, run: Source["run"]): Promise<string[]> {
	const own = (await findOwnCredentials(database.sql, [run.id])).get(run.id);
	if (own === undefined) return [];
	if (actor.kind === "user" && actor.id === own.owner) return own.names;
	throw new WeftError(
		"forbidden",
		`Run ${run.number} read ${own.names.join(", ")}, which belong to whoever started it: they alone can fork it. Run the workflow again.`,
	);
}

async function readFork({ database }: Caller, { run, turns }: Source, input: ForkTurn): Promise<ForkSource> {
	const { nodeId, iteration, turn, results, message } = input;
	const change: TurnChange = { turn, results, ...(message?.trim() && { message }) };
	const recorded = await readEntries(database, input);
	const entries = turns.fork(recorded, change).map((entry) => (typeof entry === "number" ? entry + 1 : entry));
	const { cut, at } = await findCut(database.sql, input, { keepsTurn: Object.keys(results).length > 0 });
	const changes = changesOf(input, turns);
	const place = { runId: run.id, nodeId, iteration };
	const keys = await openTeamKey(database.db, getMasterSecrets(), run.teamId);
	return {
		...{ fork: { ...place, number: run.number, turn, changes }, cut, entries },
		events: eventsOf(input, run.number),
		replaced: { after: at, ids: Object.keys(results) },
		seals: forkSeals(keys, place),
	};
}

/** With null for what a changed field takes the place of. */
function changesOf({ changes }: ForkTurn, turns: ForkableTurns): JsonObject {
	const given = Object.entries(changes).filter(([, value]) => value !== undefined);
	const replaced = given.flatMap(([name]) => turns.changes[name] ?? []).map((name) => [name, null]);
	return Object.fromEntries([...replaced, ...given]);
}

/** Characters of a result that the run's page shows. */
const SHOWN_RESULT = 4_000;

function eventsOf({ nodeId, iteration, turn, results, message }: ForkTurn, number: number): NewRunEvent[] {
	const place = { nodeId, iteration };
	const given = Object.entries(results).map(([id, result]): NewRunEvent => {
		const shown = { text: result.slice(0, SHOWN_RESULT), characters: result.length };
		return { type: "agent.result", ...place, data: { id, state: "ok", ...shown, ms: 0, edited: true } };
	});
	const last = given.length > 0 ? turn : turn - 1;
	const told = message?.trim() ? ` It was told: ${message.slice(0, SHOWN_RESULT)}` : "";
	const note = `Forked from run ${number} here.${told}`;
	return [...given, ...(last > 0 ? [{ type: "agent.note" as const, ...place, data: { turn: last, text: note } }] : [])];
}
