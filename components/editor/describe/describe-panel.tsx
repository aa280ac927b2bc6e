"use client";

import { Check, Sparkles, Square, Undo2, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useModelChoice } from "@/components/assistant/use-model-choice";
import { ModelChoice, nameOfModel } from "@/components/models/model-choice";
import { Button } from "@/components/ui/button";
import { formatCost } from "@/components/ui/format/format-number";
import { Field } from "@/components/ui/forms/field";
import { Textarea } from "@/components/ui/forms/input";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { IconButton } from "@/components/ui/icon-button";
import { IconTile } from "@/components/ui/icon-tile";
import { PanelHead } from "@/components/ui/panel-head";
import { PanelSection } from "@/components/ui/panel-section";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { countOf } from "@/server/nodes/summary-text";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession } from "../editor-session";
import { useEditor } from "../editor-store";
import { DescribedChanges } from "./described-changes";
import { ExplainSection } from "./explain-section";
import { type DescribingTask, useDescribing } from "./use-describing";

interface DescribePanelProps {
	team: string;
	slug: string;
	onClose: () => void;
}

const WIDTH = 352;
const MAX_TEXT = 6_000;

/** Words to steps: what is asked for, what was done of it, and whether it is kept. Stands in the place of the inspector. */
export function DescribePanel({ team, slug, onClose }: DescribePanelProps) {
	const [choice, setChoice] = useModelChoice();
	const task = useDescribing({ team, slug, choice });
	const isPhone = useIsPhone();
	useBackCloses(isPhone, onClose);
	const openStep = useGivesWay(onClose);
	const { state, isWorking } = task;
	const caption = [state.model ?? nameOfModel(choice), formatCost(state.costUsd)].join(" · ");
	return (
		<aside
			aria-label="Describe"
			className="flex h-full min-h-0 flex-col border-line border-l bg-panel phone:fixed phone:inset-0 phone:z-30 phone:border-l-0"
			style={{ width: isPhone ? "100%" : WIDTH }}
		>
			<PanelHead
				icon={
					<IconTile category="ai">
						<Sparkles aria-hidden="true" />
					</IconTile>
				}
				title="Describe"
				caption={caption}
			>
				{isWorking && <StatusPill state="running" />}
				<IconButton label="Close" onClick={onClose}>
					<X />
				</IconButton>
			</PanelHead>
			<div className="min-h-0 flex-1 overflow-y-auto">
				<DescribedChanges task={task} />
				<ExplainSection team={team} slug={slug} choice={choice} onOpen={openStep} />
				<PanelSection title="Model" end={nameOfModel(choice)} startOpen={false}>
					<div className="grid gap-2 px-4 pb-4">
						<ModelChoice choice={choice} onChange={setChoice} />
						{choice.provider === "demo" && (
							<p className="text-12 text-ink-3">
								The demo draws by known words, without a language model. Choose a provider and a key for any words.
							</p>
						)}
					</div>
				</PanelSection>
			</div>
			<Asking task={task} />
			<Verdict task={task} />
		</aside>
	);
}

/** A step that is opened on the canvas, or by its problem, needs the place: all but those that are opened from here. */
function useGivesWay(onClose: () => void): (id: NodeId) => void {
	const { editor, state } = useEditorSession();
	const own = useRef<NodeId>(null);
	const close = useEffectEvent(onClose);
	useEffect(
		() =>
			editor.subscribe(({ selection }, before) => {
				const [id, ...others] = selection.nodes;
				if (selection === before.selection || id === undefined || others.length > 0) return;
				if (id !== own.current && state.getState().proposed === null) close();
			}),
		[editor, state],
	);
	const show = useShowNode();
	return (id) => {
		own.current = id;
		editor.getState().select({ nodes: [id] });
		show(id);
	};
}

function Asking({ task: { state, isWorking, start } }: { task: DescribingTask }) {
	const isEmpty = useEditor(({ plan }) => plan.nodes.length === 0) && state.rounds.length === 0;
	const [text, setText] = useState("");
	const [seen, setSeen] = useState(state.rounds);
	if (seen !== state.rounds) {
		setSeen(state.rounds);
		// What was asked for stays here until it is answered: a round that fails, or is stopped, is asked for again.
		if (state.rounds.at(-1)?.text === text.trim()) setText("");
	}
	const isPossible = text.trim() !== "" && !isWorking;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isPossible) start(text.trim());
	};
	const submitByKey = (event: KeyboardEvent<HTMLFormElement>) => {
		if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
	};
	const rest = MAX_TEXT - text.length;
	return (
		<form className="flex-none border-line border-t px-4 pt-3 pb-3" onSubmit={submit} onKeyDown={submitByKey}>
			<Field
				label={isEmpty ? "What should it do?" : "What should be different?"}
				error={state.failure ?? undefined}
				hint={rest < 500 ? `${rest} left` : undefined}
			>
				{(control) => (
					<Textarea
						{...control}
						autoFocus
						rows={isEmpty ? 5 : 3}
						maxLength={MAX_TEXT}
						value={text}
						placeholder={isEmpty ? EXAMPLE : "Say what should be different…"}
						onChange={(event) => setText(event.target.value)}
					/>
				)}
			</Field>
			<Button className="mt-2" full type="submit" disabled={!isPossible}>
				<Sparkles />
				{isEmpty ? "Draw it" : "Change it"}
			</Button>
		</form>
	);
}

const EXAMPLE = "Every day at 9 fetch https://example.com, summarise it, then post it to #news on Slack.";

/** Nothing is in the draft until somebody keeps it. */
function Verdict({ task: { state, changes, isWorking, stop, keep, discard } }: { task: DescribingTask }) {
	if (!isWorking && changes.length === 0) return null;
	return (
		<div className="flex flex-none items-center gap-2 border-line border-t bg-page px-4 py-2.5">
			{state.rounds.length > 0 && (
				<Button onClick={discard}>
					<Undo2 />
					Undo
				</Button>
			)}
			{isWorking && (
				<Button intent="ghost" onClick={stop}>
					<Square />
					Stop
				</Button>
			)}
			<Button intent="primary" className="ml-auto" disabled={isWorking || changes.length === 0} onClick={keep}>
				<Check />
				{`Keep ${countOf(changes.length, "change")}`}
			</Button>
		</div>
	);
}
