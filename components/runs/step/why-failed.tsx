"use client";

import { Lightbulb, Square, Wrench } from "lucide-react";
import { useRouter } from "next/navigation";
import { LinkedText } from "@/components/assistant/linked-text";
import type { AnswerTask } from "@/components/assistant/use-answer";
import { useModelChoice } from "@/components/assistant/use-model-choice";
import { handChange } from "@/components/editor/describe/handed-change";
import { ModelChoice, nameOfModel, toAsked } from "@/components/models/model-choice";
import { useWhyNot } from "@/components/shell/why-not";
import { Button } from "@/components/ui/button";
import { formatCost } from "@/components/ui/format/format-number";
import { GuardedButton } from "@/components/ui/guarded";
import { PanelSection } from "@/components/ui/panel-section";
import type { Evidence } from "@/server/assistant/news";
import type { TeamRunScreen } from "../use-run-screen";
import { useWhyNotEdit } from "./use-why-not-edit";

/** Why the run failed, with links to what shows it; a change that may mend it opens in the editor. */
export function WhyFailed({ screen, reason: { answer, ask, stop } }: { screen: TeamRunScreen; reason: AnswerTask }) {
	const { team, run } = screen;
	const [choice, setChoice] = useModelChoice();
	const whyNot = useWhyNot("run:control");
	const start = () => {
		const place = { team, slug: run.workflow.slug, number: run.number };
		ask({ ask: "why-failed", ...place, ...toAsked(choice) });
	};
	const told = [answer.model ?? nameOfModel(choice), ...(answer.isDone ? [formatCost(answer.costUsd)] : [])].join(
		" · ",
	);
	return (
		<PanelSection title="Why it failed" end={told}>
			<div className="grid gap-2 px-4 pb-3">
				<Reason screen={screen} lines={answer.lines} evidence={answer.evidence} />
				{answer.failure !== null && (
					<p role="alert" className="text-12 text-failed">
						{answer.failure}
					</p>
				)}
				{answer.changes.length > 0 && <Mend screen={screen} changes={answer.changes} />}
				{answer.isWorking ? (
					<Button className="justify-self-start" onClick={stop}>
						<Square />
						Stop
					</Button>
				) : (
					<GuardedButton className="justify-self-start" whyNot={whyNot} onClick={start}>
						<Lightbulb />
						{answer.isDone ? "Explain it again" : "Explain why"}
					</GuardedButton>
				)}
				<details className="text-12 text-ink-3">
					<summary className="cursor-pointer py-1">Another model</summary>
					<div className="pt-1">
						<ModelChoice choice={choice} onChange={setChoice} />
					</div>
				</details>
			</div>
		</PanelSection>
	);
}

interface ReasonProps {
	screen: TeamRunScreen;
	lines: readonly string[];
	evidence: readonly Evidence[];
}

function Reason({ screen, lines, evidence }: ReasonProps) {
	const { nodes } = screen.drawing.graph;
	const found = (key: string) => evidence.find((each) => each.key === key);
	const nameOf = (key: string) => {
		const shown = found(key);
		return shown ? nameOfEvidence(shown) : nodes.get(key)?.node.name;
	};
	const open = (key: string) => {
		const { nodeId, iteration } = found(key) ?? { nodeId: key, iteration: "" };
		screen.select(nodeId === "" ? null : nodeId, iteration);
	};
	return lines.map((line, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
		<p key={index} className="break-words leading-5">
			<LinkedText text={line} nameOf={nameOf} onOpen={open} />
		</p>
	));
}

function nameOfEvidence({ kind, step }: Evidence): string {
	return { error: `error of ${step}`, log: `log of ${step}`, event: "end of the run" }[kind];
}

interface MendProps {
	screen: TeamRunScreen;
	changes: Parameters<typeof handChange>[2]["changes"];
}

/** The change waits in the editor to be looked at: it is neither kept nor published by itself. */
function Mend({ screen: { team, run }, changes }: MendProps) {
	const router = useRouter();
	const whyNot = useWhyNotEdit(run);
	const open = () => {
		const { slug } = run.workflow;
		handChange(team, slug, { text: `Mend what failed in run ${run.number}`, changes });
		router.push(`/${team}/workflows/${slug}?describe`);
	};
	return (
		<GuardedButton
			className="justify-self-start"
			intent="primary"
			whyNot={whyNot}
			hint="Shows the change in the editor, to be kept or not"
			onClick={open}
		>
			<Wrench />
			Look at a fix
		</GuardedButton>
	);
}
