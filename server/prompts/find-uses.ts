import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans, workflows, workflowVersions } from "@/db/schema/workflows";
import { PROMPT_KEYS } from "@/server/plan/prompts/prompt-use";

/** A workflow with steps that use a prompt. */
export interface PromptUser {
	slug: string;
	workflow: string;
	/** The name by which its steps call the prompt. */
	prompt: string;
	/** Versions that its steps are pinned to; empty where all take the latest. */
	pinned: number[];
	/** In what is published, or in the draft alone. */
	isPublished: boolean;
}

/** The workflows of a team whose steps use prompts of the library, published or as a draft; not the archived ones. */
export async function findUses(db: DbLike, teamId: string): Promise<PromptUser[]> {
	const rows = await db.execute<{ [Key in keyof PromptUser]: PromptUser[Key] }>(sql`
		with used as (
			select w.slug, w.name as workflow, false as published, ${nodesOf(sql`w.draft`)} as nodes
			from ${workflows} w
			where w.team_id = ${teamId} and w.archived_at is null and w.draft::text like ${MARK}
			union all
			select w.slug, w.name, true, ${nodesOf(sql`p.plan`)}
			from ${workflows} w
				join ${workflowVersions} v on v.workflow_id = w.id and v.version = w.current_version
				join ${plans} p on p.team_id = v.team_id and p.hash = v.plan_hash
			where w.team_id = ${teamId} and w.archived_at is null and p.plan::text like ${MARK}
		), steps as (
			select u.slug, u.workflow, u.published, n->'config'->>${PROMPT_KEYS.name} as prompt,
				n->'config'->>${PROMPT_KEYS.version} as version
			from used u, json_array_elements(u.nodes) n
		)
		select slug, workflow, prompt, bool_or(published) as "isPublished",
			coalesce(array_agg(distinct version::int) filter (where version ~ '^[0-9]{1,6}$'), '{}') as pinned
		from steps where prompt is not null group by slug, workflow, prompt order by lower(workflow), slug`);
	return [...rows];
}

const MARK = `%"${PROMPT_KEYS.name}"%`;

function nodesOf(plan: ReturnType<typeof sql>) {
	return sql`case when json_typeof(${plan}->'nodes') = 'array' then ${plan}->'nodes' else '[]'::json end`;
}
