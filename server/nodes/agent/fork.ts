import { WeftError } from "@/server/errors";
import { asJson, type Json } from "@/server/plan/values/json";
import type { ForkableTurns, TurnChange } from "../forkable-turns";
import { callsToMake } from "./agent-state";
import { type Entry, entrySchema, type ResultEntry, type TurnEntry } from "./entry";

/** Entries behind a turn that are true of its calls also where they are copied. */
const OF_CALLS = new Set<Entry["kind"]>(["began", "result"]);

/** How another run goes on from a turn of an agent. */
export const agentTurns: ForkableTurns = {
	changes: { prompt: [], instructions: ["promptName", "variables"], model: [] },
	read(recorded, number) {
		const found = findTurn(recorded, number);
		if (found === undefined) return undefined;
		const results = new Map(found.behind.map(({ entry }) => entry).flatMap(asResult));
		return {
			calls: callsToMake(found.entry.message).map(({ id, name }) => {
				const result = results.get(id)?.text;
				return {
					id,
					tool: name,
					...(result !== undefined && { result }),
					...(asksPeople(name) && { asksPeople: true }),
				};
			}),
		};
	},
	fork(recorded, change) {
		const found = findTurn(recorded, change.turn);
		if (found === undefined) throw new WeftError("not_found", "This turn is recorded no more. Run the workflow again.");
		const before = found.before.filter(({ entry }) => entry.kind !== "dropped").map(({ index }) => index);
		const kept = Object.keys(change.results).length === 0 ? [] : [found.index, ...withResults(found, change)];
		const { message } = change;
		return [...before, ...kept, asJson({ kind: "forked", ...(message !== undefined && { message }) })];
	},
};

interface Placed<Of extends Entry = Entry> {
	entry: Of;
	index: number;
}
/** A turn, what was recorded before it, and what until the next. */
interface Found extends Placed<TurnEntry> {
	before: Placed[];
	behind: Placed[];
}

function findTurn(recorded: readonly Json[], number: number): Found | undefined {
	const entries = recorded.map((entry, index) => ({ entry: entrySchema.parse(entry), index }));
	const turns = entries.flatMap(({ entry, index }) => (entry.kind === "turn" ? [{ entry, index }] : []));
	const [turn, next] = turns.slice(number - 1, number + 1);
	if (turn === undefined) return undefined;
	return { ...turn, before: entries.slice(0, turn.index), behind: entries.slice(turn.index + 1, next?.index) };
}

function asksPeople(tool: string): boolean {
	return tool === "ask_human";
}

function asResult(entry: Entry): [string, ResultEntry][] {
	return entry.kind === "result" ? [[entry.id, entry]] : [];
}

function withResults({ entry, behind }: Found, { results, message }: TurnChange): (number | Json)[] {
	const made = callsToMake(entry.message);
	const calls = made.map(({ id }) => id);
	const unknown = Object.keys(results).find((id) => !calls.includes(id));
	if (unknown !== undefined) throw new WeftError("invalid", "This turn made no such call. Read it again.");
	if (made.some(({ id, name }) => id in results && asksPeople(name)))
		throw new WeftError(
			"invalid",
			"What people answer cannot be written by somebody else. Fork from this turn without it: they are asked again.",
		);
	const own = behind.filter(
		({ entry: one }) => OF_CALLS.has(one.kind) && !("id" in one && one.id && one.id in results),
	);
	const known = new Map(behind.flatMap(({ entry: one }) => asResult(one)));
	if (message !== undefined && calls.some((id) => !known.has(id) && !(id in results)))
		throw new WeftError("invalid", "Some calls of this turn have no result yet. Give them one, or say nothing more.");
	// Whoever may start a run is no author of the step: what they write counts like a text of strangers.
	const given = Object.entries(results).map(([id, text]) =>
		asJson({ kind: "result", id, state: "ok", text, origin: "outside", ms: 0 }),
	);
	return [...own.map(({ index }) => index), ...given];
}
