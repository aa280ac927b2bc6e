import type { LogLevel, LogLine, NewRunEvent } from "@/server/runs/events";
import { cleanText } from "@/server/runs/store/json-text";
import type { Redact, RedactStream } from "../secrets/redact-secrets";

/** At most ten events a second per node, unless a backlog has to be stored. */
const FLUSH_MS = 100;
const MAX_LINE = 16_384;
const MAX_CHUNK = 256 * 1024;
const MAX_LOG = 16 * 1024 * 1024;
const MAX_ANSWER = 1024 * 1024;

/** Collects the log lines and tokens of a step, and appends them in chunks. */
export interface StepLog {
	log(level: LogLevel, text: string): void;
	token(text: string): void;
	/** What is streamed from here on is another answer: the rest of this one is dropped, since its record takes its place. */
	endAnswer(): Promise<void>;
	/** Appends what is left except for the last chunk, which is returned, to be recorded with the step's end. */
	close(): Promise<NewRunEvent[]>;
}

/**
 * Opens a log that appends its chunks through `append`, one at a time. No secret is cut in two before it is redacted, be it
 * by the pieces in which text comes or by those in which long lines are stored; text beyond the limits is dropped, and the log says so.
 */
export function openStepLog(
	place: { nodeId: string; iteration: string },
	redact: Redact,
	append: (events: NewRunEvent[]) => Promise<void>,
): StepLog {
	const lines = collectLines(redact);
	let answers = redact.stream();
	let answer = "";
	let answered = 0;
	let timer: NodeJS.Timeout | undefined;
	let appending: Promise<void> = Promise.resolve();
	let isAppending = false;
	let closed = false;

	/** Holds back a suffix that may become a secret, and half a character. */
	function takeAnswer(): string {
		const end = !closed && /[\uD800-\uDBFF]$/.test(answer) ? answer.length - 1 : answer.length;
		const taken = answers.push(cleanText(answer.slice(0, end)));
		answer = answer.slice(end);
		return closed ? taken + answers.end() : taken;
	}

	function takeEvents(): NewRunEvent[] {
		const events: NewRunEvent[] = [];
		const chunk = lines.takeChunk();
		if (chunk.length > 0) events.push({ type: "step.log", ...place, data: { lines: chunk } });
		const text = takeAnswer();
		if (text !== "") events.push({ type: "step.token", ...place, data: { text } });
		return events;
	}

	function schedule(): void {
		if (closed || timer !== undefined || isAppending || (lines.pending() === 0 && answer === "")) return;
		timer = setTimeout(flush, lines.pending() > MAX_CHUNK ? 0 : FLUSH_MS);
	}

	function flush(): void {
		timer = undefined;
		const events = takeEvents();
		if (events.length === 0) {
			schedule();
			return;
		}
		isAppending = true;
		appending = append(events).finally(() => {
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
		async endAnswer() {
			answer = "";
			answered = 0;
			answers = redact.stream();
			await appending;
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

/** A line without its end yet; once it is long, what is left of it is shown in pieces. */
interface OpenLine {
	/** Text that is not redacted yet. */
	text: string;
	shown: string;
	stream?: RedactStream;
}

/** Splits text into lines, level by level, and keeps them until they are taken. */
function collectLines(redact: Redact) {
	const open = new Map<LogLevel, OpenLine>();
	let lines: LogLine[] = [];
	let size = 0;
	let total = 0;

	function addLine(level: LogLevel, text: string): void {
		if (total > MAX_LOG) return;
		total += text.length;
		const full = total > MAX_LOG;
		const kept = full ? "… the rest of this log was left out: it is longer than 16 MB." : text;
		lines.push({ at: Date.now(), level: full ? "warn" : level, text: kept });
		size += kept.length;
	}

	/** Splits a long line into pieces of one size, which are redacted already. */
	function addPieces(level: LogLevel, line: OpenLine): void {
		line.stream ??= redact.stream();
		line.shown += line.stream.push(cleanText(line.text));
		line.text = "";
		for (; line.shown.length > MAX_LINE; line.shown = line.shown.slice(MAX_LINE))
			addLine(level, line.shown.slice(0, MAX_LINE));
	}

	/** @param hide what hides secrets in a line that has not been looked at yet */
	function endLine(level: LogLevel, line: OpenLine, hide: (text: string) => string = redact): void {
		if (line.text.endsWith("\r")) line.text = line.text.slice(0, -1);
		if (line.stream !== undefined || line.text.length > MAX_LINE) addPieces(level, line);
		addLine(level, line.stream === undefined ? hide(cleanText(line.text)) : line.shown + line.stream.end());
		open.delete(level);
	}

	function openLine(level: LogLevel): OpenLine {
		const line = open.get(level) ?? { text: "", shown: "" };
		open.set(level, line);
		return line;
	}

	return {
		pending: () => size + lines.length,
		add(level: LogLevel, text: string) {
			for (const [index, part] of text.split("\n").entries()) {
				if (index > 0) endLine(level, openLine(level));
				openLine(level).text += part;
			}
			const line = openLine(level);
			if (line.text.length > MAX_LINE) addPieces(level, line);
		},
		end() {
			for (const [level, line] of [...open])
				if (line.text !== "" || line.stream !== undefined) endLine(level, line, redact.cut);
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
