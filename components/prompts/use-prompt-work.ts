"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { z } from "zod";
import { checkVariables, completeVariables, listVariables } from "@/server/plan/prompts/prompt-variables";
import { type PromptPiece, PromptTooLong, renderPieces } from "@/server/plan/prompts/render-prompt";
import type { JsonObject } from "@/server/plan/values/json";
import { type PromptFile, parsePromptFile } from "@/server/plan/yaml/prompt-file";
import type { Outputs } from "../trpc/types";
import { readSample, sampleText, writeSample } from "./sample-value";
import { useKeptState } from "./use-kept-state";

export type Prompt = Outputs["prompts"]["get"];

const draftSchema = z.object({ text: z.string(), base: z.number() });
const samplesSchema = z.record(z.string(), z.string());

/** A prompt that is being worked on: its draft, which this browser keeps, and what it becomes on sample data. */
export function usePromptWork(team: string, prompt: Prompt) {
	const key = `weft.prompt.${team}.${prompt.name}`;
	const [draft, setDraft] = useKeptState(`${key}.draft`, draftSchema);
	const [samples, setSamples] = useKeptState(`${key}.samples`, samplesSchema);
	const [shown, setShown] = useState(0);
	const saved = prompt.shown.text;
	const text = draft?.text ?? saved;
	const settled = useDeferredValue(text);
	const parsed = useMemo(() => parsePromptFile(settled), [settled]);
	const [last, setLast] = useState(() => parsePromptFile(saved).prompt);
	if (parsed.prompt && parsed.prompt !== last) setLast(parsed.prompt);
	const file = parsed.prompt ?? last;
	const texts = useMemo(() => sampleTexts(file, samples ?? {}), [file, samples]);
	const values = useMemo(() => readValues(file, texts), [file, texts]);
	const write = (next: string) => setDraft(next === saved ? null : { text: next, base: draft?.base ?? prompt.version });
	const replace = (next: string) => {
		write(next);
		setShown((before) => before + 1);
	};
	return {
		text,
		/** With another one the text was exchanged from outside of its editor. */
		shown,
		isChanged: draft !== null && draft.text !== saved,
		/** The version that the draft began with. */
		base: draft?.base ?? prompt.version,
		problems: parsed.problems ?? [],
		file,
		texts,
		values,
		wrongSamples: useMemo(() => (file ? checkVariables(file.variables, values) : []), [file, values]),
		write,
		replace,
		/** Goes on from the version that somebody else has saved. */
		rebase: () => setDraft({ text, base: prompt.version }),
		/** The draft is saved, or given up. */
		drop: () => {
			setDraft(null);
			setShown((before) => before + 1);
		},
		setSample: (name: string, sample: string) => setSamples({ ...samples, [name]: sample }),
		/** Takes recorded values in the place of the sample data, as far as the prompt has such variables. */
		takeValues: (taken: JsonObject) => setSamples({ ...samples, ...writeValues(file, taken) }),
	};
}

export type PromptWork = ReturnType<typeof usePromptWork>;

function sampleTexts(file: PromptFile | undefined, samples: Readonly<Record<string, string>>): Record<string, string> {
	const variables = file ? listVariables(file.variables) : [];
	return Object.fromEntries(variables.map((each) => [each.name, samples[each.name] ?? sampleText(each)]));
}

/** Values as they are typed, of the variables that a prompt has. */
export function writeValues(file: PromptFile | undefined, values: JsonObject): Record<string, string> {
	const variables = file ? listVariables(file.variables) : [];
	return Object.fromEntries(
		variables.flatMap(({ name, schema }) => {
			const value = Object.hasOwn(values, name) ? values[name] : undefined;
			return value === undefined ? [] : [[name, writeSample(schema, value)] as const];
		}),
	);
}

export function readValues(file: PromptFile | undefined, texts: Readonly<Record<string, string>>): JsonObject {
	const variables = file ? listVariables(file.variables) : [];
	return Object.fromEntries(
		variables.flatMap((each) => {
			const text = texts[each.name] ?? "";
			return text === "" && !each.isRequired ? [] : [[each.name, readSample(each, text)] as const];
		}),
	);
}

/** What a prompt becomes, or why it does not. */
export function renderWork({ file, values }: Pick<PromptWork, "file" | "values">): {
	pieces: PromptPiece[];
	problem?: string;
} {
	if (!file) return { pieces: [] };
	try {
		return { pieces: renderPieces(file.parts, completeVariables(file.variables, values)) };
	} catch (error) {
		if (error instanceof PromptTooLong) return { pieces: [], problem: error.message };
		throw error;
	}
}
