"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { type CaseResult, caseKey, caseResultSchema, hashText } from "@/server/plan/prompts/prompt-case";
import { type ModelChosen, toAsked } from "../models/model-choice";
import { useTRPC } from "../trpc/client";
import { CUT_OFF, readNews } from "../trpc/read-news";
import type { Outputs } from "../trpc/types";

export type StoredCase = Outputs["prompts"]["cases"][number];

/** A case with how it came out with the text that is shown; undefined where that was not tried. */
export type ShownCase = StoredCase & { now: CaseResult | undefined };

const newsSchema = z.discriminatedUnion("type", [
	z.object({ type: z.literal("case"), id: z.string(), result: caseResultSchema }),
	z.object({ type: z.literal("done") }),
	z.object({ type: z.literal("failed"), message: z.string() }),
]);

interface CasesOf {
	team: string;
	prompt: string;
	/** The text that is shown, saved or not. */
	text: string;
	choice: ModelChosen;
}

/** The test cases of a prompt, and tests of all of them: one at a time, which ends when the page is left. */
export function usePromptCases({ team, prompt, text, choice }: CasesOf) {
	const { cases: procedure } = useTRPC().prompts;
	const queries = useQueryClient();
	const list = useQuery(procedure.queryOptions({ team, prompt }, { staleTime: 0 }));
	const [isRunning, setRunning] = useState(false);
	/** Cases that the test under way has tried. */
	const [done, setDone] = useState(0);
	const [problem, setProblem] = useState<string>();
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);
	const hash = useMemo(() => hashText(text), [text]);
	const cases = (list.data ?? []).map((each): ShownCase => {
		const { result } = each;
		return { ...each, now: result && result.of === caseKey(hash, each) ? result : undefined };
	});
	const keep = (id: string, result: CaseResult) =>
		queries.setQueryData(procedure.queryKey({ team, prompt }), (before) =>
			before?.map((each) => (each.id === id ? { ...each, result } : each)),
		);
	const run = async () => {
		running.current?.abort();
		const controller = new AbortController();
		running.current = controller;
		const { signal } = controller;
		setRunning(true);
		setDone(0);
		setProblem(undefined);
		const body = { team, prompt, text, ...toAsked(choice) };
		let isOver = false;
		const refused = await readNews({ path: "/api/prompts/cases", body, signal }, newsSchema, (news) => {
			if (news.type === "case") {
				if (!signal.aborted) setDone((before) => before + 1);
				return keep(news.id, news.result);
			}
			isOver = true;
			return news.type === "failed" && setProblem(news.message);
		}).catch(() => CUT_OFF);
		if (signal.aborted) return;
		setRunning(false);
		const said = refused ?? (isOver ? undefined : CUT_OFF);
		if (said !== undefined) setProblem(said);
	};
	const stop = () => {
		running.current?.abort();
		setRunning(false);
	};
	return { list, cases, isRunning, done, problem, run, stop };
}

export type PromptCases = ReturnType<typeof usePromptCases>;

/** How the cases stand with the text that is shown. */
export function countCases(cases: readonly ShownCase[]) {
	const tried = cases.filter(({ now }) => now !== undefined);
	const failed = tried.filter(({ now }) => !now?.passed).length;
	return { total: cases.length, tried: tried.length, failed };
}
