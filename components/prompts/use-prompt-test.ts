"use client";

import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import type { JsonObject } from "@/server/plan/values/json";
import { usageSchema } from "@/server/runs/events";
import { DEFAULT_CHOICE, modelChoiceSchema, toAsked } from "../models/model-choice";
import { CUT_OFF, readNews } from "../trpc/read-news";
import { useKeptState } from "./use-kept-state";

const newsSchema = z.discriminatedUnion("type", [
	z.object({ type: z.literal("token"), text: z.string() }),
	z.object({ type: z.literal("done"), text: z.string(), usage: usageSchema, ms: z.number() }),
	z.object({ type: z.literal("failed"), message: z.string() }),
]);

/** How a test stands. */
export type TestState =
	| { status: "none" }
	| { status: "running"; text: string }
	| { status: "done"; text: string; usage: z.infer<typeof usageSchema>; ms: number }
	| { status: "failed"; text: string; message: string };

/** Tests of a prompt: one at a time, which ends when the page is left. */
export function usePromptTest(team: string) {
	const [kept, setChoice] = useKeptState(`weft.prompt-test.${team}`, modelChoiceSchema);
	const [state, setState] = useState<TestState>({ status: "none" });
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);
	const choice = kept ?? DEFAULT_CHOICE;
	const start = async (asked: { text: string; variables: JsonObject }) => {
		running.current?.abort();
		const controller = new AbortController();
		running.current = controller;
		const body = { team, ...asked, ...toAsked(choice) };
		setState({ status: "running", text: "" });
		await readTest(body, controller.signal, setState).catch(() => {
			if (!controller.signal.aborted) setState(failWith(CUT_OFF));
		});
	};
	const stop = () => {
		running.current?.abort();
		setState(failWith("You stopped the test."));
	};
	return { state, choice, setChoice, start, stop, isRunning: state.status === "running" };
}

export type PromptTesting = ReturnType<typeof usePromptTest>;

type Change = (change: (before: TestState) => TestState) => void;

function failWith(message: string) {
	return (before: TestState): TestState => ({ status: "failed", text: "text" in before ? before.text : "", message });
}

async function readTest(body: object, signal: AbortSignal, change: Change): Promise<void> {
	let isOver = false;
	const problem = await readNews({ path: "/api/prompts/test", body, signal }, newsSchema, (news) => {
		isOver = news.type !== "token";
		change((before) => applyNews(before, news));
	});
	if (problem !== undefined) change(failWith(problem));
	else if (!isOver) change(failWith(CUT_OFF));
}

function applyNews(before: TestState, news: z.infer<typeof newsSchema>): TestState {
	const text = "text" in before ? before.text : "";
	switch (news.type) {
		case "token":
			return { status: "running", text: text + news.text };
		case "done":
			return { status: "done", text: news.text, usage: news.usage, ms: news.ms };
		case "failed":
			return { status: "failed", text, message: news.message };
	}
}
