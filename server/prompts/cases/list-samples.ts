import { sql } from "drizzle-orm";
import { z } from "zod";
import { runSteps, runs } from "@/db/schema/runs";
import { workflows } from "@/db/schema/workflows";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { PROMPT_KEYS } from "@/server/plan/prompts/prompt-use";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findPrompt, type promptRefInput } from "../prompt-ref";

const rowSchema = z.object({
	runId: z.string(),
	number: z.number(),
	workflow: z.string(),
	slug: z.string(),
	nodeId: z.string(),
	iteration: z.string(),
	version: z.number(),
	at: z.coerce.date(),
	variables: jsonObjectSchema.nullable().catch(null),
});

/** Runs that are looked at, newest first, and steps that are told. */
const RUNS = 2_000;
const STEPS = 30;

/** What recorded steps have handed to a prompt, newest first, with secrets as runs show them. */
export async function listSamples({ database: { db }, actor }: Caller, input: z.infer<typeof promptRefInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const prompt = await findPrompt(db, team.id, input.prompt);
	const rows = await db.execute(sql`
		with recent as (
			select id, number, workflow_id, prompts from ${runs}
			where team_id = ${team.id} order by created_at desc limit ${RUNS}
		)
		select r.id as "runId", r.number, w.name as workflow, w.slug, s.node_id as "nodeId", s.iteration,
			(r.prompts->s.node_id->>'version')::int as version, s.started_at as at, s.input->${PROMPT_KEYS.variables} as variables
		from recent r join ${runSteps} s on s.run_id = r.id join ${workflows} w on w.id = r.workflow_id
		where r.prompts->s.node_id->>'promptId' = ${prompt.id} and s.input is not null and s.started_at is not null
			and length((s.input->${PROMPT_KEYS.variables})::text) <= ${PROMPT_LIMITS.caseValues}
		order by s.started_at desc, s.node_id, s.iteration limit ${STEPS}`);
	return [...rows].map((row) => {
		const { variables, ...sample } = rowSchema.parse(row);
		return { ...sample, variables: variables ?? {} };
	});
}
