"use client";

import dynamic from "next/dynamic";
import { PanelSection } from "@/components/ui/panel-section";
import { keyOfTrigger } from "@/server/triggers/catalog";
import { useSessionState } from "../../editor-session";
import { useEditor } from "../../editor-store";
import { FieldIssues } from "../fields/field-issues";
import { useInspector } from "../inspector-context";
import { issuesOf, issuesOfNode } from "../plan-issues";
import { useStable } from "../use-stable";
import { SettingsForm } from "./settings-form";
import { useTroubles } from "./triggers/use-registered";
import { WorkflowInputs } from "./workflow-inputs";
import { WorkflowTriggers } from "./workflow-triggers";

/** Comes when a trigger is first opened: few workflows need what reads cron expressions. */
const TriggerPanel = dynamic(() => import("./triggers/trigger-panel").then((panel) => panel.TriggerPanel));

/** They come when their sections are opened. */
const WorkflowBudget = dynamic(() => import("./workflow-budget").then((part) => part.WorkflowBudget));
const WorkflowFailures = dynamic(() => import("./workflow-failures").then((part) => part.WorkflowFailures));

/** The workflow itself, while no step is selected: what it asks for, what starts it, and its limits. */
export function WorkflowPanel() {
	const inputs = useEditor(({ plan }) => plan.inputs.length);
	const triggers = useEditor(({ plan }) => plan.triggers);
	const opened = useSessionState(({ trigger }) => trigger);
	const troubles = useTroubles();
	const { team, slug } = useInspector();
	const shown = triggers.find((trigger) => keyOfTrigger(trigger) === opened);
	if (shown) return <TriggerPanel trigger={shown} />;
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
			<WorkflowTriggers troubles={troubles} />
			<PanelSection title="Limits">
				<SettingsForm />
			</PanelSection>
			<PanelSection title="Budget" startOpen={false}>
				<WorkflowBudget team={team} slug={slug} />
			</PanelSection>
			<PanelSection title="When it fails" startOpen={false}>
				<WorkflowFailures team={team} slug={slug} />
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
