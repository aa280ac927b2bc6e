import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/client";
import { failureDestinations } from "@/db/schema/failures";
import { credentials } from "@/db/schema/teams";
import type { Caller } from "@/server/teams/caller";
import { listMembers } from "@/server/teams/list-members";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow } from "@/server/workflows/workflow-ref";
import { describeDestination, listAudiences } from "./describe-destination";
import { type Fields, listDestinationKinds } from "./destination-kinds";
import { type failurePlaceInput, inPlace, permissionFor } from "./destination-ref";

/**
 * Where failures are told: what a team has set up, or a workflow beside it. Everybody in the team may know where; the
 * settings themselves, which may be addresses that others could write to, are for those who may change them.
 */
export async function listDestinations(caller: Caller, input: z.infer<typeof failurePlaceInput>) {
	const { db } = caller.database;
	const { team, role } = await requireMember(db, caller.actor, input.team, "team:view");
	const workflow = input.slug === undefined ? null : await findWorkflow(db, team.id, input.slug);
	const mayChange = allows(role, permissionFor(input.slug));
	const members = await listMembers(caller, input);
	const names = new Map(members.map(({ userId, name }) => [userId, name]));
	const show = ({ fields, ...row }: Listed, withFields: boolean) => ({
		...row,
		...describeDestination({ type: row.type, fields }, (id) => names.get(id)),
		fields: withFields ? fields : null,
	});
	const own = await readDestinations(db, inPlace({ team, workflow }));
	const ofTeam = workflow === null ? [] : await readDestinations(db, inPlace({ team, workflow: null }));
	return {
		rule: workflow?.failureRule ?? null,
		destinations: own.map((row) => show(row, mayChange)),
		/** Of a workflow: where its team is told. */
		ofTeam: ofTeam.map((row) => show(row, false)),
		/** What the form of a destination offers. */
		kinds: mayChange ? listDestinationKinds() : [],
		audiences: mayChange ? listAudiences(members) : [],
		credentials: allows(role, "credential:list") ? await listTeamCredentials(db, team.id) : [],
	};
}

interface Listed {
	id: string;
	type: string;
	fields: Fields;
	/** What became of the last notice: null before the first. */
	last: { at: Date; problem: string | null; isGivenUp: boolean } | null;
}

/** Places have a limited number of them. */
async function readDestinations(db: Db, where: SQL | undefined): Promise<Listed[]> {
	const rows = await db
		.select({
			id: failureDestinations.id,
			type: failureDestinations.type,
			fields: failureDestinations.fields,
			last: sql<{ at: string; problem: string | null; isGivenUp: boolean } | null>`(
				select json_build_object('at', coalesce(n.sent_at, n.failed_at, n.created_at), 'problem', n.problem,
					'isGivenUp', n.failed_at is not null)
				from failure_notices n where n.destination_id = failure_destinations.id and n.tries > 0
				order by n.seq desc limit 1)`,
		})
		.from(failureDestinations)
		.where(where)
		.orderBy(asc(failureDestinations.createdAt), asc(failureDestinations.id));
	return rows.map(({ last, ...row }) => ({ ...row, last: last && { ...last, at: new Date(last.at) } }));
}

/** Personal ones are read in runs of their owner alone. */
async function listTeamCredentials(db: Db, teamId: string) {
	return await db
		.select({ name: credentials.name, type: credentials.type })
		.from(credentials)
		.where(and(eq(credentials.teamId, teamId), isNull(credentials.ownerId)))
		.orderBy(asc(credentials.name));
}
