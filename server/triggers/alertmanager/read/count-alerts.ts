import type { z } from "zod";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import type { teamInput } from "@/server/workflows/workflow-ref";
import { alertmanagerConfigSchema } from "../settings/alertmanager-config";

interface Source {
	key: string;
	slug: string;
	name: string;
	config: unknown;
	heardAt: Date | null;
	readAt: Date | null;
	problem: string | null;
}

/** How many alerts there are, and the triggers by which they come. */
export async function countAlerts({ database, actor }: Caller, input: z.infer<typeof teamInput>) {
	const { team } = await requireMember(database.db, actor, input.team, "team:view");
	const { sql } = database;
	const [counts] = await sql<{ firing: number; resolvedToday: number; isEmpty: boolean }[]>`
		select (select count(*)::int from alerts where team_id = ${team.id} and status = 'firing') as firing,
			(select count(*)::int from alerts where team_id = ${team.id} and status = 'resolved'
				and resolved_at > now() - interval '24 hours') as "resolvedToday",
			not exists (select from alerts where team_id = ${team.id}) as "isEmpty"`;
	const rows = await sql<Source[]>`
		select t.key, w.slug, w.name, t.config, s.heard_at as "heardAt", s.read_at as "readAt", s.problem
		from triggers t join workflows w on w.id = t.workflow_id left join alert_sources s on s.trigger_id = t.id
		where t.team_id = ${team.id} and t.type = 'alertmanager' order by w.name, t.key limit 50`;
	return {
		...(counts ?? { firing: 0, resolvedToday: 0, isEmpty: true }),
		sources: rows.map(({ config, ...row }) => ({
			...row,
			api: alertmanagerConfigSchema.safeParse(config).data?.api ?? null,
		})),
	};
}
