import type { Writable } from "node:stream";
import { titleOf } from "./agents";
import { limitTexts } from "./limit-texts";
import { readRateLimit } from "./read-rate-limit";
import type { Job, JobEnd } from "./work";

/** From asking a program to end to ending it, where it may still tell something. */
const STOP_MS = 1_500;
/** Bytes that a program was answered and has not read. */
const MAX_UNREAD = 10_000_000;

/** Why a program was ended before it ended by itself. */
type Reason = "silence" | "turns" | "cost" | "asked" | "unreadable";

export type ProgramWatch = ReturnType<typeof createWatch>;

/** Ends a program that is silent for too long, costs too much, prints what cannot be read, or has to end otherwise. */
export function createWatch({ config, recorder, budgetUsd }: Job, controller: AbortController) {
	const before = recorder.costUsd();
	let stopped: Reason | undefined;
	let problem = "";
	let insistence: NodeJS.Timeout | undefined;
	const stop = (reason: Reason) => {
		stopped ??= reason;
		const ms = reason === "asked" || reason === "cost" ? STOP_MS : 0;
		insistence ??= setTimeout(() => controller.abort(), ms);
	};
	let timer = setTimeout(stop, config.silenceSeconds * 1_000, "silence");
	return {
		stop,
		stopped: () => ({ reason: stopped, problem }),
		seen() {
			clearTimeout(timer);
			timer = setTimeout(stop, config.silenceSeconds * 1_000, "silence");
		},
		/** @param unrecordedUsd what it has cost besides what is recorded */
		spent(unrecordedUsd = 0) {
			if (recorder.costUsd() - before + unrecordedUsd > budgetUsd) stop("cost");
		},
		/** Reads what it printed. What that throws ends the program: thrown further, it would end the worker. */
		read<Answer>(read: () => Answer, stdin?: unknown): Answer | undefined {
			try {
				if (unreadOf(stdin) > MAX_UNREAD) throw new Error("It asks, and does not read the answers.");
				return read();
			} catch (error) {
				problem ||= error instanceof Error ? error.message : String(error);
				stop("unreadable");
				return undefined;
			}
		},
		dispose() {
			clearTimeout(timer);
			clearTimeout(insistence);
		},
	};
}

function unreadOf(stdin: unknown): number {
	return isWritable(stdin) ? stdin.writableLength : 0;
}

function isWritable(stdin: unknown): stdin is Writable {
	return typeof stdin === "object" && stdin !== null && "writableLength" in stdin;
}

/** Why it ended, as far as it is Weft that ended it; and whether it was only too much at a time. */
export function explain({ config, budgetUsd }: Job, end: JobEnd, watch: ProgramWatch): JobEnd {
	const { reason, problem } = watch.stopped();
	const title = titleOf(config.agent);
	if (end.state === "asked") return end;
	switch (reason) {
		case "unreadable":
			return {
				...end,
				state: "failed",
				text: `${title} was stopped, as what it printed could not be read: ${problem}`,
			};
		case "silence":
			return {
				...end,
				state: "failed",
				text: `${title} printed nothing for ${config.silenceSeconds} s, so it was taken to hang and was stopped. Raise “Silence at most” if it only works for long.`,
			};
		case "turns":
			return { ...end, state: "limit", text: limitTexts.turns(config.maxTurns) };
		case "cost":
			// What was told as it ended has been paid for: it is not thrown away.
			if (end.state === "done") return end;
			return { ...end, state: "limit", text: limitTexts.cost(budgetUsd) };
	}
	return end.state === "failed" ? explainFailure(title, end) : end;
}

function explainFailure(title: string, end: JobEnd): JobEnd {
	const limited = readRateLimit(end.text);
	if (limited === undefined) return end;
	const text = `${title} has reached a rate limit: ${end.text} It goes on in the same session when it is tried again.`;
	return { ...end, text, ...limited };
}
