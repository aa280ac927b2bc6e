"use client";

import { useEffect, useRef, useState } from "react";
import type { AssistantNews, Evidence } from "@/server/assistant/news";
import type { PlanChange } from "@/server/plan/changes/plan-change";
import { askAssistant } from "./ask-assistant";

/** An answer as far as it has come. */
interface Answer {
	isWorking: boolean;
	isDone: boolean;
	lines: readonly string[];
	evidence: readonly Evidence[];
	/** A change that is offered. */
	changes: readonly PlanChange[];
	failure: string | null;
	model: string | null;
	costUsd: number;
}

const NOTHING: Answer = {
	...{ isWorking: false, isDone: false, lines: [], evidence: [], changes: [], failure: null, model: null, costUsd: 0 },
};

/** Asks for an explanation: one at a time, which ends when the page is left. */
export function useAnswer() {
	const [answer, setAnswer] = useState<Answer>(NOTHING);
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);
	const ask = (body: object) => {
		running.current?.abort();
		const controller = new AbortController();
		running.current = controller;
		setAnswer({ ...NOTHING, isWorking: true });
		void askAssistant(body, controller.signal, (news) => setAnswer((before) => takeNews(before, news)));
	};
	const stop = () => {
		running.current?.abort();
		setAnswer((before) => ({ ...before, isWorking: false, failure: "You stopped it." }));
	};
	return { answer, ask, stop };
}

export type AnswerTask = ReturnType<typeof useAnswer>;

function takeNews(before: Answer, news: AssistantNews): Answer {
	switch (news.type) {
		case "text":
			return { ...before, lines: [...before.lines, news.text] };
		case "change":
			return { ...before, changes: [...before.changes, news.change] };
		case "evidence":
			return { ...before, evidence: news.evidence };
		case "cost":
			return { ...before, model: news.model, costUsd: before.costUsd + news.costUsd };
		case "failed":
			return { ...before, isWorking: false, failure: news.message };
		case "done":
			return { ...before, isWorking: false, isDone: true };
		case "repair":
			return before;
	}
}
