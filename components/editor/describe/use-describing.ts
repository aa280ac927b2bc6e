"use client";

import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { askAssistant } from "@/components/assistant/ask-assistant";
import { motion } from "@/components/canvas/motion";
import { type ModelChosen, toAsked } from "@/components/models/model-choice";
import { applyChanges } from "@/server/plan/changes/apply-change";
import type { Plan } from "@/server/plan/plan";
import { FIT } from "../canvas/fit";
import { useEditorSession } from "../editor-session";
import { useEditor } from "../editor-store";
import { listChanges } from "../panels/changes/list-changes";
import { placeNewNodes } from "../panels/yaml/place-new-nodes";
import { beginRound, changesOf, type Describing, dropRound, NOTHING_DESCRIBED, takeNews } from "./describing-state";
import { takeHandedChange } from "./handed-change";

interface DescribingOptions {
	team: string;
	slug: string;
	choice: ModelChosen;
}

/**
 * Describing of the draft that is open. What a model draws stands beside the draft, on whatever it has become meanwhile,
 * until it is kept: then it is one edit. It ends with the panel.
 */
export function useDescribing({ team, slug, choice }: DescribingOptions) {
	const session = useEditorSession();
	const flow = useReactFlow();
	const plan = useEditor((state) => state.plan);
	const [state, setState] = useState<Describing>(() => takeHandedChange(team, slug) ?? NOTHING_DESCRIBED);
	const running = useRef<AbortController>(null);
	const proposed = useMemo(() => propose(plan, state), [plan, state]);
	const changes = useMemo(() => (proposed ? listChanges(plan, proposed) : []), [plan, proposed]);
	useEffect(() => session.state.setState({ proposed: proposed ?? null }), [session, proposed]);
	useEffect(
		() => () => {
			running.current?.abort();
			session.state.setState({ proposed: null });
		},
		[session],
	);
	const start = (text: string) => {
		running.current?.abort();
		const controller = new AbortController();
		running.current = controller;
		setState((before) => beginRound(before, text));
		const body = { ask: "describe", team, slug, text, plan: proposed ?? plan, ...toAsked(choice) };
		void askAssistant(body, controller.signal, (news) => setState((before) => takeNews(before, news)));
	};
	const stop = () => {
		running.current?.abort();
		setState((before) => dropRound(before, "You stopped it. Nothing of that answer was kept."));
	};
	const discard = useCallback(() => {
		running.current?.abort();
		setState(NOTHING_DESCRIBED);
	}, []);
	const keep = () => {
		const label = `Describe: ${state.rounds.at(-1)?.text.slice(0, 60) ?? "changes"}`;
		session.state.setState({ proposed: null });
		session.editor.getState().apply(label, (current) => propose(current, state) ?? current, { select: {} });
		requestAnimationFrame(() => void flow.fitView({ ...FIT, ...motion(200) }));
		session.announce("The changes are kept, as one that can be undone.");
		discard();
	};
	return { state, changes, isWorking: state.working !== null, start, stop, keep, discard };
}

/** The draft with all that was drawn; undefined while that is nothing. */
function propose(plan: Plan, state: Describing): Plan | undefined {
	const changes = changesOf(state);
	return changes.length === 0 ? undefined : placeNewNodes(plan, applyChanges(plan, changes));
}

export type DescribingTask = ReturnType<typeof useDescribing>;
