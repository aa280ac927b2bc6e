"use client";

import { PanelSection } from "@/components/ui/panel-section";
import { addTrigger } from "@/server/plan/edits/set-plan-fields";
import type { Trigger } from "@/server/triggers/catalog";
import { useEditor, useEditorStore } from "../../editor-store";
import { FieldIssues } from "../fields/field-issues";
import { useInspector } from "../inspector-context";
import { issuesOf, issuesOfNode } from "../plan-issues";
import { useStable } from "../use-stable";
import { SettingsForm } from "./settings-form";
import { TriggerList } from "./trigger-list";
import { WorkflowInputs } from "./workflow-inputs";

/** The workflow itself, while no step is selected: what it asks for, what starts it, and its limits. */
export function WorkflowPanel() {
	const inputs = useEditor(({ plan }) => plan.inputs.length);
	const triggers = useEditor(({ plan }) => plan.triggers);
	const store = useEditorStore();
	const add = (trigger: Trigger) => store.getState().apply("Add a trigger", (plan) => addTrigger(plan, trigger));
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
				<TriggerList triggers={triggers} onAdd={add} />
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
