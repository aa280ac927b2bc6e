import { z } from "zod";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requireRun, stepRefInput } from "../run-ref";

export const readAttemptRecordInput = stepRefInput.omit({ iteration: true });

/** Runs that are looked back at. */
const MAX_RUNS = 500;

const choiceSchema = z.object({
	taken: z.string().nullable(),
	attempts: z.array(z.object({ name: z.string(), costUsd: z.number().nullable() })),
});

interface AttemptRecord {
	name: string;
	won: number;
	of: number;
	/** All that its attempts have cost for each that was taken, in US dollars; null if none was, or a cost is not known. */
	costPerWinUsd: number | null;
}

/**
 * Who won before where the same step compared agents: in the last runs of its workflow, for the repository that the step
 * names in this run, if it names one.
 */
export async function readAttemptRecord(
	{ database: { db, sql }, actor }: Caller,
	input: z.infer<typeof readAttemptRecordInput>,
): Promise<AttemptRecord[]> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	const rows = await sql<{ output: unknown }[]>`
		with recent as (
			select r.id from runs r join runs own on own.workflow_id = r.workflow_id
			where own.id = ${input.runId} and r.team_id = ${team.id}
			order by r.created_at desc limit ${MAX_RUNS}
		), here as (
			select s.input ->> 'repository' as repository from run_steps s
			where s.run_id = ${input.runId} and s.node_id = ${input.nodeId} and s.input is not null limit 1
		)
		select json_build_object('taken', s.output -> 'taken', 'attempts', s.output -> 'attempts') as output
		from recent join run_steps s on s.run_id = recent.id and s.node_id = ${input.nodeId}
		where s.status = 'completed' and (
			not exists (select from here) or s.input ->> 'repository' is not distinct from (select repository from here)
		)`;
	const records = new Map<string, Counted>();
	for (const { output } of rows) count(records, output);
	return [...records].map(([name, { won, of, costUsd }]) => {
		const costPerWinUsd = won > 0 && costUsd !== null ? costUsd / won : null;
		return { name, won, of, costPerWinUsd };
	});
}

interface Counted {
	won: number;
	of: number;
	costUsd: number | null;
}

/** The output of a step of this id in an earlier version may be anything. */
function count(records: Map<string, Counted>, output: unknown): void {
	const choice = choiceSchema.safeParse(output);
	if (!choice.success) return;
	const { attempts, taken } = choice.data;
	for (const { name, costUsd } of attempts) {
		const before = records.get(name) ?? { won: 0, of: 0, costUsd: 0 };
		records.set(name, {
			won: before.won + (name === taken ? 1 : 0),
			of: before.of + 1,
			costUsd: before.costUsd === null || costUsd === null ? null : before.costUsd + costUsd,
		});
	}
}
