import { createHash } from "node:crypto";
import { FatalError } from "@/server/errors";
import { asJson, type Json } from "@/server/plan/values/json";
import { type TranscriptEntry, transcriptBatchSchema } from "@/server/runs/coding-transcript";
import type { Usage } from "@/server/runs/events";
import type { ExecuteContext } from "../execute-context";
import { createShownTurns } from "./shown-turns";
import { applyEntry, beginWork, type WorkState } from "./work-state";

const FLUSH_MS = 400;
const FLUSH_ENTRIES = 50;
/** A text that comes word by word is one entry, unless it takes longer than this. */
const OPEN_TEXT_MS = 5_000;
/** Characters of a text, and of an input as JSON. */
const MAX_TEXT = 40_000;
const MAX_INPUT = 20_000;
/** Of a name, in one line, and of an id: a longer one is replaced by its hash. */
const MAX_NAME = 200;
/** UTF-8 bytes of all entries as JSON, after which nothing is recorded but what counts; and after which too much of that was told. */
const MAX_BYTES = 7_000_000;
const MOST_BYTES = 8_000_000;

type Unstamped<Entry> = Entry extends unknown ? Omit<Entry, "at"> : never;
/** An entry as it comes. A `delta` goes on in the text before it. */
export type NewEntry = Unstamped<TranscriptEntry> & { delta?: boolean };

/** Records what an agent does, in batches, each of which is kept and shown as a whole. */
export interface Recorder {
	readonly state: WorkState;
	/** Aborted when what it does can no longer be recorded: another worker has taken the step over. */
	readonly lost: AbortSignal;
	/** @throws FatalError where an agent asks and tells without end */
	add(entry: NewEntry): void;
	/** Resolves when all is recorded so far. Throws `RetryableError` when the step is another worker's by now. */
	flush(told?: { takesAnswer?: boolean }): Promise<void>;
	/** Everything so far, an entry a line. */
	lines(): readonly string[];
	/** What all usage has cost, also what is not written yet; in US dollars. */
	costUsd(): number;
}

export async function openRecorder(
	context: ExecuteContext,
): Promise<Recorder & { answer: Awaited<ReturnType<ExecuteContext["transcript"]["read"]>>["answer"] }> {
	const { entries: stored, answer } = await context.transcript.read();
	const past = stored.flatMap((batch) => transcriptBatchSchema.parse(batch).entries);
	return { ...createRecorder(context, past), answer };
}

function createRecorder(context: ExecuteContext, past: readonly TranscriptEntry[]): Recorder {
	const state = beginWork();
	const shown = createShownTurns();
	const lost = new AbortController();
	const lines: string[] = [];
	let bytes = 0;
	let costUsd = 0;
	let waiting: { entry: TranscriptEntry; open: boolean; isFull: boolean }[] = [];
	let timer: NodeJS.Timeout | undefined;
	let last: Promise<void> = Promise.resolve();

	function keep(entry: TranscriptEntry): void {
		applyEntry(state, entry);
		lines.push(JSON.stringify(entry));
	}

	/** Counts what will be kept, also while it waits to be written. */
	function count(entry: TranscriptEntry): TranscriptEntry {
		bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
		if (entry.kind === "usage") costUsd += entry.usage.costUsd;
		return entry;
	}

	async function write(entries: TranscriptEntry[], takesAnswer: boolean): Promise<void> {
		for (const entry of entries) keep(entry);
		const truncated = entries.some(isCut);
		const usage = entries.flatMap((entry) => (entry.kind === "usage" ? [paidOf(entry)] : []));
		const batch = { entries, ...(truncated && { truncated: true }) };
		await context.transcript.append(asJson(batch), { events: shown.show(entries), usage, takesAnswer });
	}

	function take(all: boolean): TranscriptEntry[] {
		const now = Date.now();
		const end = waiting.at(-1);
		const isOpen = !all && end?.open === true && now - end.entry.at < OPEN_TEXT_MS;
		const taken = isOpen ? waiting.slice(0, -1) : waiting;
		waiting = isOpen ? waiting.slice(-1) : [];
		return taken.map(({ entry }) => entry);
	}

	function flushSoon(): void {
		timer ??= setTimeout(() => {
			timer = undefined;
			void enqueue(take(false), false).catch(() => {});
			if (waiting.length > 0) flushSoon();
		}, FLUSH_MS);
	}

	/** Batches are written one after the other. */
	function enqueue(entries: TranscriptEntry[], takesAnswer: boolean): Promise<void> {
		if (entries.length > 0 || takesAnswer)
			last = last.then(
				() => write(entries, takesAnswer),
				async (error: unknown) => {
					// Its run may have been cancelled before it told what it has used: that is paid for all the same.
					if (entries.some(({ kind }) => kind === "usage")) await write(entries, false);
					throw error;
				},
			);
		last.catch((error) => lost.abort(error));
		return last;
	}

	for (const entry of past) keep(count(entry));
	shown.show(past);
	return {
		state,
		lost: lost.signal,
		lines: () => lines,
		costUsd: () => costUsd,
		add({ delta = false, ...entry }) {
			const end = waiting.at(-1);
			if (delta && entry.kind === "text") context.token(entry.text);
			if (delta && end?.open && "text" in end.entry && "text" in entry && end.entry.kind === entry.kind) {
				// What follows a cut is left out as well: only an end is searched for half a secret.
				if (end.isFull) return;
				const text = end.entry.text + entry.text;
				bytes += Buffer.byteLength(entry.text);
				end.isFull = text.length > MAX_TEXT;
				end.entry = bound({ ...end.entry, text });
				return;
			}
			if (bytes > MAX_BYTES && !ALWAYS.has(entry.kind)) return;
			if (bytes > MOST_BYTES && ASKED.has(entry.kind)) throw new FatalError("It asks and tells without end.");
			const isFull = "text" in entry && entry.text.length > MAX_TEXT;
			waiting.push({ entry: count(bound({ ...entry, at: Date.now() })), open: delta, isFull });
			if (waiting.length >= FLUSH_ENTRIES) void enqueue(take(false), false).catch(() => {});
			flushSoon();
		},
		async flush({ takesAnswer = false } = {}) {
			clearTimeout(timer);
			timer = undefined;
			await enqueue(take(true), takesAnswer);
		},
	};
}

/** What counts, however much was said. */
const ALWAYS: ReadonlySet<TranscriptEntry["kind"]> = new Set([
	"started",
	"session",
	"permission",
	"decision",
	"usage",
	"ended",
	"outcome",
]);

/** Of these, what an agent can cause without end; a decision only follows what it asks. */
const ASKED: typeof ALWAYS = new Set(["session", "permission", "usage"]);

/** What is paid for by a plan counts in no sum. */
function paidOf({ usage, costKind }: Extract<TranscriptEntry, { kind: "usage" }>): Usage {
	return costKind === "notional" ? { ...usage, notional: true } : usage;
}

function bound(entry: TranscriptEntry): TranscriptEntry {
	switch (entry.kind) {
		case "session":
			return { ...entry, sessionId: boundId(entry.sessionId) };
		case "call":
			return { ...entry, id: boundId(entry.id), name: nameInLine(entry.name), input: boundInput(entry.input) };
		case "result":
			return { ...entry, id: boundId(entry.id), text: cut(entry.text, MAX_TEXT) };
		case "usage":
			return { ...entry, usage: { ...entry.usage, model: nameInLine(entry.usage.model) } };
		default:
			return "text" in entry ? { ...entry, text: cut(entry.text, MAX_TEXT) } : entry;
	}
}

function boundId(id: string): string {
	return id.length > MAX_NAME ? createHash("sha256").update(id).digest("hex") : id;
}

/** As whoever is asked reads it: nothing in it looks like another line. */
export function nameInLine(name: string): string {
	return cut(
		name
			.slice(0, 10 * MAX_NAME)
			.replace(/\s+/g, " ")
			.trim(),
		MAX_NAME,
	);
}

function boundInput(input: Json): Json {
	const text = JSON.stringify(input);
	return text.length > MAX_INPUT ? cut(text, MAX_INPUT) : input;
}

function cut(text: string, most: number): string {
	if (text.length <= most) return text;
	const head = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "");
	// A word that is cut could be half a secret.
	const end = Math.max(head.lastIndexOf(" "), head.lastIndexOf("\n"));
	return `${end > most / 2 ? head.slice(0, end) : head}…`;
}

function isCut(entry: TranscriptEntry): boolean {
	const input = "input" in entry && typeof entry.input === "string" ? entry.input : "";
	const texts = ["text" in entry ? entry.text : "", "name" in entry ? entry.name : "", input];
	return texts.some((text) => text.endsWith("…"));
}
