import { setImmediate } from "node:timers/promises";
import { and, asc, eq, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans, workflows, workflowVersions } from "@/db/schema/workflows";
import { needsOf } from "@/server/execution/step/needs";
import { oncePerProcess } from "@/server/once-per-process";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import { triggerDefinitionOf } from "@/server/triggers/catalog";

/** A workflow that reads a credential. */
export interface CredentialUse {
	slug: string;
	name: string;
	/** Whether the published version reads it, or the draft alone does. */
	isPublished: boolean;
	isArchived: boolean;
	/** The first of the triggers and steps that do, by name. */
	steps: string[];
}

/** A credential that a plan reads, and the names of the triggers and steps that do. */
interface PlanUse {
	credential: string;
	steps: string[];
}

/** Steps of a workflow that are named. */
const MAX_STEPS = 5;

const KEPT = 10_000;

/**
 * The workflows of a team by the names of the credentials that their drafts and published versions read. A revision and a
 * plan of a hash never change, so what they read is kept.
 */
export async function listUses(db: DbLike, teamId: string): Promise<Map<string, CredentialUse[]>> {
	const rows = await db
		.select({
			id: workflows.id,
			slug: workflows.slug,
			name: workflows.name,
			revision: workflows.revision,
			archivedAt: workflows.archivedAt,
			planHash: workflowVersions.planHash,
		})
		.from(workflows)
		.leftJoin(
			workflowVersions,
			and(eq(workflowVersions.workflowId, workflows.id), eq(workflowVersions.version, workflows.currentVersion)),
		)
		.where(eq(workflows.teamId, teamId))
		.orderBy(asc(workflows.name));
	const uses = new Map<string, CredentialUse[]>();
	for (const { id, slug, name, revision, archivedAt, planHash } of rows) {
		const draft = await keep(`draft ${id} ${revision}`, () => readDraft(db, id));
		const published =
			planHash === null ? [] : await keep(`plan ${teamId} ${planHash}`, () => readPlan(db, teamId, planHash));
		for (const credential of new Set([...published, ...draft].map((use) => use.credential))) {
			const inPublished = stepsOf(published, credential);
			const steps = [...new Set([...stepsOf(draft, credential), ...inPublished])].slice(0, MAX_STEPS);
			const use = { slug, name, isPublished: inPublished.length > 0, isArchived: archivedAt !== null, steps };
			uses.set(credential, [...(uses.get(credential) ?? []), use]);
		}
	}
	return uses;
}

function stepsOf(uses: readonly PlanUse[], credential: string): string[] {
	return uses.find((use) => use.credential === credential)?.steps ?? [];
}

/** What a plan reads, read once. */
async function keep(key: string, read: () => Promise<unknown>): Promise<readonly PlanUse[]> {
	const kept = oncePerProcess("secrets-of-plans", () => new Map<string, readonly PlanUse[]>());
	const known = kept.get(key);
	if (known) return known;
	const uses = usesIn(await read());
	kept.set(key, uses);
	for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
	// Many large plans hold nobody up.
	await setImmediate();
	return uses;
}

function usesIn(stored: unknown): PlanUse[] {
	const { plan } = stored === null || stored === undefined ? {} : readStoredPlan(stored);
	const steps = new Map<string, string[]>();
	const readBy = (name: string, references: readonly string[]) => {
		const read = new Set(references.map((reference) => reference.split(".")[0] ?? reference));
		for (const credential of read) steps.set(credential, [...(steps.get(credential) ?? []), name]);
	};
	for (const trigger of plan?.triggers ?? []) {
		const definition = triggerDefinitionOf(trigger.type);
		readBy(definition?.title ?? trigger.type, definition?.secrets?.(trigger) ?? []);
	}
	for (const node of plan?.nodes ?? []) readBy(node.name, needsOf(node).secrets);
	return [...steps].map(([credential, names]) => ({ credential, steps: names.slice(0, MAX_STEPS) }));
}

/** Null for one that cannot read a secret: most plans need not be sent over. */
async function readDraft(db: DbLike, id: string): Promise<unknown> {
	const [row] = await db
		.select({ draft: sql`case when ${workflows.draft}::text ilike '%secret%' then ${workflows.draft} end` })
		.from(workflows)
		.where(eq(workflows.id, id));
	return row?.draft;
}

async function readPlan(db: DbLike, teamId: string, hash: string): Promise<unknown> {
	const [row] = await db
		.select({ plan: sql`case when ${plans.plan}::text ilike '%secret%' then ${plans.plan} end` })
		.from(plans)
		.where(and(eq(plans.teamId, teamId), eq(plans.hash, hash)));
	return row?.plan;
}
