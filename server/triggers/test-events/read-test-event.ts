import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Database, DbLike } from "@/db/client";
import { testEvents } from "@/db/schema/test-events";
import { FatalError, WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import { triggerOf } from "@/server/runs/read/recorded-steps";
import { hidePrivateNames } from "@/server/sharing/hide-private";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requirePlan } from "@/server/workflows/stored-plan";
import { findWorkflow } from "@/server/workflows/workflow-ref";
import type { Trigger } from "../catalog";
import { eventOf } from "../hooks/receive/describe-request";
import { referToFiles, storeUploads } from "../hooks/receive/request-files";
import { triggerRefInput } from "../trigger-ref";
import { requireDraftTrigger } from "./draft-trigger";

export const readTestEventInput = triggerRefInput.extend({
	/** Names the event, so that another one has another answer. */
	id: z.string().min(1).max(64),
});

/**
 * What is pinned to a trigger of the draft, and what a test begins with by it: values that are named like secrets are
 * hidden. Null when something else is pinned meanwhile.
 */
export async function readTestEvent({ database: { db }, actor }: Caller, input: z.infer<typeof readTestEventInput>) {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const pinned = await findPinned(db, { workflowId: workflow.id, key: input.key });
	const event = pinned?.eventId === input.id ? eventOf(pinned.request) : undefined;
	if (!event || !pinned?.request) return null;
	const start = decideStart(requirePlan(workflow.draft), input.key, event);
	const { files: _, ...request } = {
		...pinned.request,
		...(event.files && { files: referToFiles(event).event.files }),
	};
	return {
		request: hidePrivateNames(request),
		begins:
			"reason" in start ? null : { trigger: hidePrivateNames(triggerOf(start)), input: hidePrivateNames(start.input) },
		/** Why a test cannot begin with it as the draft is now. */
		reason: "reason" in start ? start.reason : null,
	};
}

export interface TestStart {
	trigger: Exclude<Trigger["type"], "manual">;
	payload: JsonObject;
	input: JsonObject;
	/** Files that came with it. */
	uploads: ReturnType<typeof referToFiles>["uploads"];
}

/** What a test of the draft begins with by what is pinned to one of its triggers. @throws WeftError */
export async function readTestStart(
	db: DbLike,
	{ workflowId, plan, key }: { workflowId: string; plan: Plan; key: string },
): Promise<TestStart> {
	const event = eventOf((await findPinned(db, { workflowId, key }))?.request ?? null);
	if (!event) throw new WeftError("conflict", `Nothing is pinned to “${key}” any more. Wait for a test event first.`);
	const start = decideStart(plan, key, event);
	if (!("reason" in start)) return start;
	throw new WeftError("invalid", `What is pinned to “${key}” would start nothing. ${start.reason}`);
}

/** Stores the files that came with it, for the run that begins with it. Throws `too_large` beyond the limits of files. */
export async function storeTestFiles(database: Database, teamId: string, uploads: TestStart["uploads"]) {
	return await storeUploads(database, teamId, uploads).catch((error: unknown) => {
		throw error instanceof FatalError ? new WeftError("too_large", error.message) : error;
	});
}

/** The same for the last event that is pinned to any trigger; undefined where none would start anything. */
export async function readLastTestStart(db: DbLike, workflowId: string, plan: Plan): Promise<TestStart | undefined> {
	const rows = await db
		.select({ key: testEvents.key, request: testEvents.request })
		.from(testEvents)
		.where(eq(testEvents.workflowId, workflowId))
		.orderBy(testEvents.receivedAt);
	const starts = rows.flatMap(({ key, request }) => {
		const event = eventOf(request);
		const start =
			event && plan.triggers.some((each) => "id" in each && each.id === key) && decideStart(plan, key, event);
		return start && !("reason" in start) ? [start] : [];
	});
	return starts.at(-1);
}

async function findPinned(db: DbLike, { workflowId, key }: { workflowId: string; key: string }) {
	const [row] = await db
		.select({ eventId: testEvents.eventId, request: testEvents.request })
		.from(testEvents)
		.where(and(eq(testEvents.workflowId, workflowId), eq(testEvents.key, key)));
	return row;
}

function decideStart(
	plan: Plan,
	key: string,
	event: NonNullable<ReturnType<typeof eventOf>>,
): TestStart | { reason: string } {
	const { trigger, kind } = requireDraftTrigger(plan, key);
	const referred = referToFiles(event);
	const decision = kind.decide(trigger, plan.inputs, referred.event);
	if (decision.verdict !== "accepted") return { reason: decision.reason };
	const { payload, input } = decision;
	return { trigger: trigger.type, payload, input, uploads: referred.uploads };
}
