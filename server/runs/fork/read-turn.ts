import type { z } from "zod";
import { WeftError } from "@/server/errors";
import type { RecordedTurn } from "@/server/nodes/forkable-turns";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findAgentStep, readEntries, turnRefInput } from "./find-agent-step";

export const readTurnInput = turnRefInput;

export interface ShownTurn extends RecordedTurn {
	/** The fields of the step that can be changed, as they were resolved, without secrets. */
	fields: Record<string, string>;
}

/** What can be changed at a turn of an agent, as it was. */
export async function readTurn({ database, actor }: Caller, input: z.infer<typeof readTurnInput>): Promise<ShownTurn> {
	const { team } = await requireMember(database.db, actor, input.team, "team:view");
	const { turns, input: read } = await findAgentStep(database, team.id, input);
	const turn = turns.read(await readEntries(database, input), input.turn);
	if (turn === undefined) throw new WeftError("not_found", "This turn is recorded no more. Run the workflow again.");
	const fields = Object.keys(turns.changes).map((name) => [name, read?.[name]] as const);
	return { ...turn, fields: Object.fromEntries(fields.map(([name, value]) => [name, asText(value)])) };
}

function asText(value: unknown): string {
	return typeof value === "string" ? value : "";
}
