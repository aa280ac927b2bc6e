import { eq } from "drizzle-orm";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { readRunRecord } from "@/server/runs/read/run-record";
import { foldRun, initialRunState, type RunState } from "@/server/runs/state";
import { findLink, type LiveLink, type Visitor } from "./open-link";
import { readSharedEvents } from "./read-shared-page";
import { sharePhase } from "./share-event";
import { createShareFilter } from "./share-filter";
import { sharePlan } from "./share-plan";
import { readSharedVersion } from "./shared-version";

export interface SharedPicture {
	/** The same for as long as the picture is. */
	key: string;
	title: string;
	team: string;
	plan: Plan;
	/** Null for a workflow, which is at rest. */
	state: RunState | null;
}

/** A picture shows the drawing, the names of steps and how they stand: what every link shows, and nothing else. */
const NOTHING = { settings: false, inputs: false, outputs: false, logs: false };

/** The steps of a longer run stand as they did after so many events, or characters of them. */
const MOST = { events: 5_000, text: 4_000_000 };

/**
 * What the picture of a link is made of; null for one that asks for a password, is over, revoked or unknown: whoever makes
 * cards of links must not be told which.
 */
export async function visitPicture(visitor: Visitor, token: string): Promise<SharedPicture | null> {
	const { database } = visitor;
	const link = await findLink(database.db, token).catch((error: unknown) => {
		if (error instanceof WeftError && error.code === "not_found") return null;
		throw error;
	});
	if (link === null || link.passwordHash !== null) return null;
	if (link.runId === null) return await pictureWorkflow(visitor, link);
	const run = await readRunRecord(database, eq(runs.id, link.runId));
	if (!run) return null;
	const filter = createShareFilter(NOTHING, undefined);
	const events = await readSharedEvents(database.sql, { runId: link.runId, filter, most: MOST });
	return {
		key: `${link.id} ${run.lastSeq} ${link.workflow.name}`,
		title: `${link.workflow.name} / ${run.number}`,
		team: link.teamName,
		plan: sharePlan(run.plan, filter),
		state: { ...foldRun(initialRunState, events), phase: sharePhase(run.phase, filter) },
	};
}

async function pictureWorkflow({ database: { db } }: Visitor, link: LiveLink): Promise<SharedPicture> {
	const { version, plan } = await readSharedVersion(db, link.workflow, link.version);
	const { name } = link.workflow;
	const shown = sharePlan(plan, createShareFilter(NOTHING, undefined));
	return { key: `${link.id} v${version} ${name}`, title: name, team: link.teamName, plan: shown, state: null };
}
