import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import type { CredentialReader } from "@/server/credentials/open-credentials";
import { oncePerProcess } from "@/server/once-per-process";
import { isError } from "@/server/plan/issue";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import { findIssues } from "@/server/threads/large-work";
import { readPlanContext } from "./check-plan";
import { explainUnreadable } from "./stored-plan";

const KEPT = 5_000;

interface DraftRef {
	id: string;
	revision: number;
}

/** What a list says of a draft. */
export interface DraftSummary {
	/** The types of its triggers. */
	triggers: string[];
	errors: number;
	/** Why it cannot be read, and what to do; null when it can. */
	unreadable: string | null;
}

/**
 * What a list says of each draft. A revision never changes, so its summary is kept, for the credentials it was made with:
 * a list that is polled reads no plan twice. Drafts are read one after the other: many large ones hold nobody up.
 */
export async function summarizeDrafts(
	db: DbLike,
	reader: CredentialReader,
	drafts: readonly DraftRef[],
): Promise<Map<string, DraftSummary>> {
	const { credentials } = await readPlanContext(db, reader);
	const kept = oncePerProcess("draft-summaries", () => new Map<string, DraftSummary>());
	// A name for them that is short, however many there are: it is part of every key.
	const context = createHash("sha256").update(credentials.join(" ")).digest("base64url");
	const summaries = new Map<string, DraftSummary>();
	for (const draft of drafts) {
		const key = `${draft.id} ${draft.revision} ${context}`;
		const summary = kept.get(key) ?? (await summarize(await readDraft(db, reader.teamId, draft.id), credentials));
		kept.set(key, summary);
		summaries.set(draft.id, summary);
	}
	for (const key of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(key);
	return summaries;
}

async function summarize(draft: unknown, credentials: readonly string[]): Promise<DraftSummary> {
	const { plan, problem } = readStoredPlan(draft);
	if (!plan) return { triggers: [], errors: 0, unreadable: explainUnreadable("This workflow", problem) };
	const errors = (await findIssues(plan, { credentials })).filter(isError).length;
	return { triggers: plan.triggers.map(({ type }) => type), errors, unreadable: null };
}

async function readDraft(db: DbLike, teamId: string, id: string): Promise<unknown> {
	const [row] = await db
		.select({ draft: workflows.draft })
		.from(workflows)
		.where(and(eq(workflows.teamId, teamId), eq(workflows.id, id)));
	return row?.draft;
}
