import type { LogLevel, LogLine, NewRunEvent } from "@/server/runs/events";
import { cleanText } from "@/server/runs/json-text";
import type { Redact } from "./redact-secrets";

/** At most ten events a second and node, unless a backlog has to be stored. */
const FLUSH_MS = 100;
const MAX_LINE = 16_384;
const MAX_CHUNK = 256 * 1024;
const MAX_LOG = 16 * 1024 * 1024;
const MAX_ANSWER = 1024 * 1024;

/** Collects what a step prints and streams, and hands it on in chunks. */
export interface StepJournal {
	log(level: LogLevel, text: string): void;
	token(text: string): void;
	/** Hands on what is left but for the last chunk, which goes with the step's record. Nothing is accepted afterwards. */
	close(): Promise<NewRunEvent[]>;
}

/**
 * A journal that appends its chunks through `append`, one at a time. Lines are held until they are whole, so that a secret
 * is not cut in two before it is redacted; text beyond the limits is dropped, and the log says so.
 */
export function openJournal(
	place: { nodeId: string; iteration: string },
	redact: Redact,
	append: (events: NewRunEvent[]) => Promise<void>,
): StepJournal {
	const lines = collectLines(redact);
	let answer = "";
	let answered = 0;
	let timer: NodeJS.Timeout | undefined;
	let appending: Promise<void> = Promise.resolve();
	let isAppending = false;
	let closed = false;

	/** The words that are whole: one in the making may be the first half of a secret. */
	function takeAnswer(): string {
		const end = closed || answer.length > MAX_LINE ? answer.length : answerEnd(answer);
		const taken = redact(cleanText(answer.slice(0, end)));
		answer = answer.slice(end);
		return taken;
	}

	function takeEvents(): NewRunEvent[] {
		const events: NewRunEvent[] = [];
		const chunk = lines.takeChunk();
		if (chunk.length > 0) events.push({ type: "step.log", ...place, data: { lines: chunk } });
		const text = takeAnswer();
		if (text !== "") events.push({ type: "step.token", ...place, data: { text } });
		return events;
	}

	function hasWords(): boolean {
		return answerEnd(answer) > 0 || answer.length > MAX_LINE;
	}

	function schedule(): void {
		if (closed || timer !== undefined || isAppending || (lines.pending() === 0 && !hasWords())) return;
		timer = setTimeout(flush, lines.pending() > MAX_CHUNK ? 0 : FLUSH_MS);
	}

	function flush(): void {
		timer = undefined;
		isAppending = true;
		appending = append(takeEvents()).finally(() => {
			isAppending = false;
			schedule();
		});
	}

	return {
		log(level, text) {
			if (closed) return;
			lines.add(level, text);
			schedule();
		},
		token(text) {
			if (closed || answered > MAX_ANSWER) return;
			answered += text.length;
			answer += text;
			schedule();
		},
		async close() {
			closed = true;
			clearTimeout(timer);
			await appending;
			lines.end();
			while (lines.pending() > MAX_CHUNK) await append(takeEvents());
			return takeEvents();
		},
	};
}

/** Where the last word begins. */
function answerEnd(answer: string): number {
	return Math.max(answer.lastIndexOf(" "), answer.lastIndexOf("\n")) + 1;
}

/** Splits text into lines, level by level, and keeps them until they are taken. */
function collectLines(redact: Redact) {
	const open = new Map<LogLevel, string>();
	let lines: LogLine[] = [];
	let size = 0;
	let total = 0;

	function addLine(level: LogLevel, text: string): void {
		if (total > MAX_LOG) return;
		total += text.length;
		const full = total > MAX_LOG;
		const kept = full ? "… the rest of this log was left out: it is longer than 16 MB." : redact(cleanText(text));
		lines.push({ at: Date.now(), level: full ? "warn" : level, text: kept });
		size += kept.length;
	}

	return {
		pending: () => size + lines.length,
		add(level: LogLevel, text: string) {
			const parts = ((open.get(level) ?? "") + text).split("\n");
			let rest = parts.pop() ?? "";
			for (const part of parts) addLine(level, part.endsWith("\r") ? part.slice(0, -1) : part);
			for (; rest.length > MAX_LINE; rest = rest.slice(MAX_LINE)) addLine(level, rest.slice(0, MAX_LINE));
			open.set(level, rest);
		},
		end() {
			for (const [level, rest] of open) if (rest !== "") addLine(level, rest);
			open.clear();
		},
		takeChunk(): LogLine[] {
			let count = 0;
			for (let chunk = 0; count < lines.length && chunk < MAX_CHUNK; count++)
				chunk += (lines[count]?.text.length ?? 0) + 1;
			const chunk = lines.slice(0, count);
			lines = lines.slice(count);
			size -= chunk.reduce((sum, line) => sum + line.text.length, 0);
			return chunk;
		},
	};
}
