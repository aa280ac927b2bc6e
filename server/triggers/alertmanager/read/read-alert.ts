import { z } from "zod";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { AlertNote } from "../episodes/alert-note";
import { readAlertRuns } from "./read-alert-runs";

export const readAlertInput = teamInput.extend({ id: z.string().min(1).max(64) });

interface Episode {
	id: string;
	fingerprint: string;
	name: string;
	status: "firing" | "resolved";
	labels: Record<string, string>;
	annotations: Record<string, string>;
	generatorUrl: string;
	externalUrl: string;
	receiver: string;
	times: number;
	startsAt: Date;
	endsAt: Date | null;
	resolvedAt: Date | null;
	lastAt: Date;
	notes: AlertNote[];
}

interface Earlier {
	id: string;
	status: "firing" | "resolved";
	startsAt: Date;
	endsAt: Date | null;
}

/** Earlier episodes that are shown, and characters of a report. */
const MOST_EARLIER = 20;
const MAX_REPORT = 20_000;

/** Null where there is none (any more). An episode with what has happened to it, the runs that it has started with their reports, and earlier episodes. */
export async function readAlert({ database, actor }: Caller, { id, ...ref }: z.infer<typeof readAlertInput>) {
	const { team } = await requireMember(database.db, actor, ref.team, "team:view");
	const { sql } = database;
	const [episode] = await sql<Episode[]>`
		select id, fingerprint, name, status, labels, annotations, generator_url as "generatorUrl",
			external_url as "externalUrl", receiver, times, starts_at as "startsAt", ends_at as "endsAt",
			resolved_at as "resolvedAt", last_at as "lastAt", notes
		from alerts where id = ${id} and team_id = ${team.id}`;
	if (!episode) return null;
	const earlier = await sql<Earlier[]>`
		select id, status, starts_at as "startsAt", ends_at as "endsAt" from alerts
		where team_id = ${team.id} and fingerprint = ${episode.fingerprint} and starts_at < ${episode.startsAt}
		order by starts_at desc limit ${MOST_EARLIER}`;
	const runs = await readAlertRuns(database, [episode], MAX_REPORT);
	const before = await readAlertRuns(database, earlier);
	return {
		...episode,
		runs: runs.get(id) ?? [],
		earlier: earlier.map((each) => ({ ...each, runs: before.get(each.id) ?? [] })),
	};
}
