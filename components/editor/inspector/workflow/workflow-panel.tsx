"use client";

import { MousePointerClick } from "lucide-react";
import { PanelSection } from "@/components/canvas/panel-section";
import { Button } from "@/components/ui/button";
import { IconTile } from "@/components/ui/icon-tile";
import { setTriggers } from "@/server/plan/edits/set-plan-fields";
import type { Trigger } from "@/server/plan/plan";
import { useEditor, useEditorStore } from "../../editor-store";
import { FieldIssues } from "../fields/field-issues";
import { useInspector } from "../inspector-context";
import { issuesOf, issuesOfNode } from "../plan-issues";
import { useStable } from "../use-stable";
import { SettingsForm } from "./settings-form";
import { WorkflowInputs } from "./workflow-inputs";

/** The workflow itself, while no step is selected: what it asks for, what starts it, and its limits. */
export function WorkflowPanel() {
	const inputs = useEditor(({ plan }) => plan.inputs.length);
	const triggers = useEditor(({ plan }) => plan.triggers);
	return (
		<div className="flex h-full flex-col overflow-y-auto">
			<header className="flex h-14 flex-none flex-col justify-center px-4">
				<h2 className="leading-[18px]">Workflow</h2>
				<p className="text-12 text-ink-3">Select a step to edit it.</p>
			</header>
			<PlanIssues />
			<PanelSection title="Inputs" end={inputs === 0 ? "none" : inputs}>
				<div className="grid gap-2 px-4 pb-4">
					<p className="text-12 text-ink-3">
						What is asked for when a run starts. Steps read it as <code className="text-11">inputs.name</code>.
					</p>
					<WorkflowInputs />
				</div>
			</PanelSection>
			<PanelSection title="Triggers" end={triggers.length === 0 ? "none" : triggers.length}>
				<Triggers triggers={triggers} />
			</PanelSection>
			<PanelSection title="Limits">
				<SettingsForm />
			</PanelSection>
		</div>
	);
}

/** What is wrong with the plan itself and has no field of its own here. */
function PlanIssues() {
	const { credentials } = useInspector();
	const issues = useStable(({ plan }) =>
		issuesOfNode(issuesOf(plan, credentials)).filter(
			({ field }) => !field?.startsWith("inputs.") && !field?.startsWith("settings."),
		),
	);
	return issues.length > 0 && <div className="grid gap-1.5 px-4 pb-3">{<FieldIssues issues={issues} />}</div>;
}

const TRIGGER_WORDS = {
	manual: { name: "By hand", detail: "with Run and its form", Icon: MousePointerClick },
} satisfies Record<Trigger["type"], unknown>;

function Triggers({ triggers }: { triggers: readonly Trigger[] }) {
	const store = useEditorStore();
	if (triggers.length === 0) {
		const allow = () => store.getState().apply("Add a trigger", (plan) => setTriggers(plan, [{ type: "manual" }]));
		return (
			<div className="px-4 pb-4">
				<Button onClick={allow}>
					<MousePointerClick />
					Allow starting by hand
				</Button>
			</div>
		);
	}
	return (
		<ul className="grid gap-1 px-4 pb-4">
			{[...new Set(triggers.map(({ type }) => type))].map((type) => {
				const { name, detail, Icon } = TRIGGER_WORDS[type];
				return (
					<li key={type} className="flex h-7 items-center gap-2">
						<IconTile category="trigger" size="small">
							<Icon aria-hidden="true" />
						</IconTile>
						{name}
						<span className="ml-auto text-12 text-ink-3">{detail}</span>
					</li>
				);
			})}
		</ul>
	);
}
