import { setImmediate } from "node:timers/promises";
import { and, asc, eq, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans, workflows, workflowVersions } from "@/db/schema/workflows";
import { needsOf } from "@/server/execution/step/needs";
import { oncePerProcess } from "@/server/once-per-process";
import { readStoredPlan } from "@/server/plan/read-stored-plan";

/** A workflow that reads a credential. */
export interface CredentialUse {
	slug: string;
	name: string;
	/** Whether the published version reads it, or the draft alone does. */
	isPublished: boolean;
	isArchived: boolean;
}

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
		for (const secret of new Set([...published, ...draft])) {
			const use = { slug, name, isPublished: published.includes(secret), isArchived: archivedAt !== null };
			uses.set(secret, [...(uses.get(secret) ?? []), use]);
		}
	}
	return uses;
}

/** The names that a plan reads, read once. */
async function keep(key: string, read: () => Promise<unknown>): Promise<readonly string[]> {
	const kept = oncePerProcess("secrets-of-plans", () => new Map<string, readonly string[]>());
	const known = kept.get(key);
	if (known) return known;
	const names = secretsOf(await read());
	kept.set(key, names);
	for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
	// Many large plans hold nobody up.
	await setImmediate();
	return names;
}

function secretsOf(stored: unknown): string[] {
	const { plan } = stored === null || stored === undefined ? {} : readStoredPlan(stored);
	const references = plan?.nodes.flatMap((node) => needsOf(node).secrets) ?? [];
	return [...new Set(references.map((reference) => reference.split(".")[0] ?? reference))];
}

/** Null for one that cannot read a secret: most plans need not be sent over. */
async function readDraft(db: DbLike, id: string): Promise<unknown> {
	const [row] = await db
		.select({ draft: sql`case when ${workflows.draft}::text like '%secrets%' then ${workflows.draft} end` })
		.from(workflows)
		.where(eq(workflows.id, id));
	return row?.draft;
}

async function readPlan(db: DbLike, teamId: string, hash: string): Promise<unknown> {
	const [row] = await db
		.select({ plan: sql`case when ${plans.plan}::text like '%secrets%' then ${plans.plan} end` })
		.from(plans)
		.where(and(eq(plans.teamId, teamId), eq(plans.hash, hash)));
	return row?.plan;
}
