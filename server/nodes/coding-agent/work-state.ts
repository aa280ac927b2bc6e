import { createHash } from "node:crypto";
import type { Json } from "@/server/plan/values/json";
import type { CodingResult, CostKind } from "@/server/runs/coding-result";
import type { TranscriptEntry } from "@/server/runs/coding-transcript";

type EntryOf<Kind extends TranscriptEntry["kind"]> = Extract<TranscriptEntry, { kind: Kind }>;

const MAX_DENIED = 50;
const SHOWN_INPUT = 2_000;

/** How far a coding agent is: follows from what it has recorded. */
export interface WorkState {
	sessionId: string | undefined;
	/** The program has told its id of the session, so that it knows it. */
	isConfirmed: boolean;
	/** Sums of the whole session, by the program's own names. */
	totals: Readonly<Record<string, number>>;
	/** Of the files, before it began. */
	baseline: string | undefined;
	/** How many times a program was started. */
	starts: number;
	turns: number;
	workedMs: number;
	tokens: CodingResult["usage"];
	costUsd: number;
	/** What it had used when its outcome was looked at last: limits hold for each attempt. */
	before: { turns: number; workedMs: number; costUsd: number };
	costKind: CostKind | undefined;
	model: string;
	/** The last thing it said. */
	text: string;
	denied: CodingResult["denied"];
	/** What somebody has decided, by what it was about. */
	decisions: Map<string, EntryOf<"decision">>;
	/** What it asks for, while nobody has decided. */
	asked: EntryOf<"permission"> | undefined;
	/** Undefined while it works, and where its worker was interrupted. */
	end: EntryOf<"ended"> | undefined;
	/** Undefined until that was looked at after its last end. */
	outcome: EntryOf<"outcome"> | undefined;
	calls: Map<string, EntryOf<"call">>;
	permissions: Map<string, EntryOf<"permission">>;
}

export function beginWork(): WorkState {
	return {
		...{ totals: {}, isConfirmed: false },
		...{ sessionId: undefined, baseline: undefined, starts: 0, turns: 0, workedMs: 0, costUsd: 0, costKind: undefined },
		before: { turns: 0, workedMs: 0, costUsd: 0 },
		tokens: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
		...{ model: "", text: "", denied: [], asked: undefined, end: undefined, outcome: undefined },
		...{ decisions: new Map(), calls: new Map(), permissions: new Map() },
	};
}

/** What a permission is about, as a hash of all of it: asked for again, it is answered as before. */
export function subjectOf({ name, input }: { name: string; input: Json }): string {
	return createHash("sha256")
		.update(JSON.stringify([name, input]))
		.digest("hex");
}

/** Folds an entry into the state. */
export function applyEntry(state: WorkState, entry: TranscriptEntry): void {
	switch (entry.kind) {
		case "started":
			state.sessionId = entry.sessionId;
			state.baseline = entry.baseline;
			state.starts += 1;
			state.end = undefined;
			state.outcome = undefined;
			break;
		case "session":
			state.sessionId = entry.sessionId;
			state.isConfirmed = true;
			state.totals = entry.totals ?? state.totals;
			break;
		case "text":
			state.text = entry.text;
			break;
		case "call":
			state.calls.set(entry.id, entry);
			break;
		case "result":
			if (entry.state === "refused") deny(state, state.calls.get(entry.id));
			break;
		case "permission":
			state.asked = entry;
			state.permissions.set(entry.id, entry);
			break;
		case "decision":
			applyDecision(state, entry);
			break;
		case "usage":
			applyUsage(state, entry);
			break;
		case "ended":
			state.end = entry;
			state.workedMs += entry.ms;
			state.turns += entry.turns;
			break;
		case "outcome":
			state.outcome = entry;
			state.before = { turns: state.turns, workedMs: state.workedMs, costUsd: state.costUsd };
	}
}

function applyDecision(state: WorkState, entry: EntryOf<"decision">): void {
	const permission = state.permissions.get(entry.id);
	if (permission === undefined) return;
	state.decisions.set(subjectOf(permission), entry);
	if (state.asked?.id === entry.id) state.asked = undefined;
	if (!entry.allowed) deny(state, permission);
}

function deny(state: WorkState, what: { name: string; input: Json } | undefined): void {
	if (what === undefined || state.denied.length >= MAX_DENIED) return;
	const denied = { name: what.name, input: JSON.stringify(what.input).slice(0, SHOWN_INPUT) };
	const isKnown = state.denied.some(({ name, input }) => name === denied.name && input === denied.input);
	if (!isKnown) state.denied.push(denied);
}

/** The weakest knowledge of a part is that of the whole. */
const KINDS: readonly CostKind[] = ["reported", "computed", "notional", "unknown"];

function applyUsage(state: WorkState, { usage, costKind, totals }: EntryOf<"usage">): void {
	state.totals = totals ?? state.totals;
	const { tokens } = state;
	tokens.input += usage.inputTokens;
	tokens.cacheRead += usage.cacheReadTokens;
	tokens.cacheWrite += usage.cacheWriteTokens;
	tokens.output += usage.outputTokens;
	tokens.reasoning += usage.reasoningTokens;
	state.costUsd += usage.costUsd;
	state.model = usage.model;
	const before = state.costKind === undefined ? -1 : KINDS.indexOf(state.costKind);
	state.costKind = KINDS[Math.max(before, KINDS.indexOf(costKind))];
}
