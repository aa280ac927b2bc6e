import { eq } from "drizzle-orm";
import { z } from "zod";
import { artifacts } from "@/db/schema/artifacts";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import { nodeIdSchema } from "@/server/plan/plan";
import { iterationSchema } from "@/server/runs/events";
import { readLogPage, readLogsInput } from "@/server/runs/read/read-logs";
import { readStepRecord } from "@/server/runs/read/read-step";
import { readRunRecord } from "@/server/runs/read/run-record";
import { type LiveLink, openLink, type Visitor } from "./open-link";
import { readRunFilter } from "./run-filter";
import { shareLogEvent } from "./share-event";
import type { ShareFilter } from "./share-filter";
import { SHARED_RUN_ID, shareRun, shareStep } from "./share-run";
import { showsFiles } from "./shows-files";

export const linkInput = z.object({ token: z.string().min(1).max(64) });
export const visitStepInput = linkInput.extend({ nodeId: nodeIdSchema, iteration: iterationSchema.default("") });
export const visitLogsInput = readLogsInput.omit({ team: true, runId: true }).extend(linkInput.shape);

/** The run of a link, without its events. */
export async function visitRun(visitor: Visitor, { token }: z.infer<typeof linkInput>) {
	const { link, filter, runId } = await enterRun(visitor, token);
	return await describeRun(visitor, { link, filter, runId });
}

/** What one step of it read and put out. */
export async function visitStep(visitor: Visitor, { token, ...place }: z.infer<typeof visitStepInput>) {
	const { filter, runId } = await enterRun(visitor, token);
	const step = await readStepRecord(visitor.database.db, { runId, ...place });
	return step && shareStep(step, filter);
}

/** A page of what its steps printed. */
export async function visitLogs(visitor: Visitor, { token, ...range }: z.infer<typeof visitLogsInput>) {
	const { filter, runId } = await enterRun(visitor, token);
	if (!filter.shows.logs) return { events: [], more: false };
	const { events, more } = await readLogPage(visitor.database.sql, { ...range, runId });
	return { events: events.map((event) => shareLogEvent(event, filter)), more };
}

/** Lets a visitor in. Throws as `openLink` does, and `not_found` for a link that is none of a run. */
export async function enterRun(visitor: Visitor, token: string) {
	const link = await openLink(visitor, token);
	if (link.runId === null) throw new WeftError("not_found", "This link shows a workflow. Open it by its own address.");
	return { link, runId: link.runId, filter: await readRunFilter(visitor.database.db, link.runId, link.shows) };
}

interface Entered {
	link: LiveLink;
	runId: string;
	filter: ShareFilter;
}

async function describeRun({ database }: Visitor, { link, runId, filter }: Entered) {
	const run = await readRunRecord(database, eq(runs.id, runId));
	if (!run) throw new WeftError("not_found", "This run has been deleted. Choose another one.");
	const { name } = link.workflow;
	return {
		...shareRun(run, filter),
		workflow: { id: "", slug: SHARED_RUN_ID, name, isArchived: false },
		teamName: link.teamName,
		shows: filter.shows,
		/** How many files it shows. */
		files: showsFiles(filter.shows) ? await database.db.$count(artifacts, eq(artifacts.runId, runId)) : 0,
		expiresAt: link.expiresAt,
		redacted: filter.redacted(),
	};
}
