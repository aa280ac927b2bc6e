import type { Readable } from "node:stream";
import { z } from "zod";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { TextTail } from "../text-tail";
import type { Job, JobEnd } from "./work";

/** Stands in the arguments of a program for the folder of its files. */
export const FILES = "@WEFT_COMMAND_FILES@";

/** How a program is started for a job. */
export interface Launch {
	args: string[];
	env?: Record<string, string>;
	stdin?: string | Readable;
	files?: Record<string, string>;
}

/** How a program has ended. */
export interface Exit {
	/** null where it was stopped. */
	code: number | null;
	/** In words, with what it said last. */
	text: string;
}

/** What reads the output of one start of a program, and records what it tells. */
export interface Reader {
	/** Never throws for what it does not know. */
	event(event: JsonObject): void;
	/** How many turns it has taken so far. */
	turns(): number;
	/** What it has cost so far, in US dollars, besides what is recorded. */
	unrecordedUsd?(): number;
	/** Called once, when it has ended. */
	end(exit: Exit): JobEnd;
}

/**
 * A program that prints JSON lines, about to be started for a job.
 * @param stop ends the program, soon
 */
export type Adapter = (job: Job, stop: () => void) => Launch & Reader;

const count = z.number().nonnegative().catch(0);
export const countsOf = <Names extends string>(
	value: Json | undefined,
	names: readonly Names[],
): Record<Names, number> => {
	const found = isObject(value) ? value : {};
	const entries = names.map((name) => [name, Math.round(count.parse(found[name]))] as const);
	return Object.fromEntries(entries) as Record<Names, number>;
};

/** Characters of what an agent says last, of which the end counts: it may go on without one. */
const LAST_WORDS = 1_000_000;

export const createLastWords = (): TextTail => new TextTail(LAST_WORDS);

export function textIn(value: Json | undefined): string {
	return typeof value === "string" ? value : "";
}

export function objectIn(value: Json | undefined): JsonObject {
	return isObject(value) ? value : {};
}

export function listIn(value: Json | undefined): Json[] {
	return Array.isArray(value) ? value : [];
}

/** The text in a list of content blocks, or a text by itself. */
export function contentText(value: Json | undefined): string {
	if (typeof value === "string") return value;
	const parts = listIn(value).map((block) => {
		const { text, content, type } = objectIn(block);
		return textIn(text) || contentText(objectIn(content).text) || (type === "image" ? "(an image)" : "");
	});
	return parts.filter(Boolean).join("\n");
}

/** The task as a text alone, for programs that take no instructions apart from it. */
export function wholePrompt({ instructions, goOn, task, resumes }: Job): string {
	if (resumes && goOn !== undefined) return goOn;
	if (resumes) return task;
	return [instructions, task, goOn].filter(Boolean).join("\n\n");
}
