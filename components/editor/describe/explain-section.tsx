"use client";

import { BookOpenText, Square } from "lucide-react";
import { LinkedText } from "@/components/assistant/linked-text";
import { useAnswer } from "@/components/assistant/use-answer";
import { type ModelChosen, toAsked } from "@/components/models/model-choice";
import { Button } from "@/components/ui/button";
import { PanelSection } from "@/components/ui/panel-section";
import type { NodeId } from "@/server/plan/plan";
import { useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";

interface ExplainSectionProps {
	team: string;
	slug: string;
	choice: ModelChosen;
	/** Shows a step on the canvas. */
	onOpen: (id: NodeId) => void;
}

/** What the workflow on the canvas does, in plain words; its steps are links. */
export function ExplainSection({ team, slug, choice, onOpen }: ExplainSectionProps) {
	const draft = useEditor((state) => state.plan);
	const proposed = useSessionState((state) => state.proposed);
	const { answer, ask, stop } = useAnswer();
	const plan = proposed ?? draft;
	if (plan.nodes.length === 0) return null;
	const nameOf = (key: string) => plan.nodes.find(({ id }) => id === key)?.name;
	const open = (id: string) => {
		if (proposed === null && draft.nodes.some((node) => node.id === id)) onOpen(id);
	};
	return (
		<PanelSection title="Explain">
			<div className="grid gap-2 px-4 pb-4">
				{answer.lines.map((line, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
					<p key={index} className="break-words leading-5">
						<LinkedText text={line} nameOf={nameOf} onOpen={open} />
					</p>
				))}
				{answer.failure !== null && (
					<p role="alert" className="text-12 text-failed">
						{answer.failure}
					</p>
				)}
				{answer.isWorking ? (
					<Button className="justify-self-start" onClick={stop}>
						<Square />
						Stop
					</Button>
				) : (
					<Button
						className="justify-self-start"
						onClick={() => ask({ ask: "explain", team, slug, plan, ...toAsked(choice) })}
					>
						<BookOpenText />
						{answer.lines.length === 0 ? "Explain this workflow" : "Explain it again"}
					</Button>
				)}
			</div>
		</PanelSection>
	);
}
