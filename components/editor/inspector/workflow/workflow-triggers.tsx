"use client";

import { PanelSection } from "@/components/ui/panel-section";
import { addTrigger } from "@/server/plan/edits/set-plan-fields";
import { keyOfTrigger, startsOf, type Trigger } from "@/server/triggers/catalog";
import { useEditorSession } from "../../editor-session";
import { useEditor, useEditorStore } from "../../editor-store";
import { TriggerList } from "./trigger-list";

interface WorkflowTriggersProps {
	startOpen?: boolean;
	/** Why what a trigger heard last was refused or failed, by its id. */
	troubles?: ReadonlyMap<string, string>;
}

/** What starts the workflow; each opens its settings in the place of the workflow’s. */
export function WorkflowTriggers({ startOpen = true, troubles }: WorkflowTriggersProps) {
	const triggers = useEditor(({ plan }) => plan.triggers);
	const inputs = useEditor(({ plan }) => plan.inputs.length);
	const store = useEditorStore();
	const session = useEditorSession();
	const open = (trigger: string) => session.state.setState({ trigger });
	const add = (trigger: Trigger) => {
		store.getState().apply("Add a trigger", (plan) => addTrigger(plan, trigger));
		const added = store.getState().plan.triggers.at(-1);
		if (added && "id" in added) open(keyOfTrigger(added));
	};
	const end = startOpen ? triggers.length || "none" : <span className="truncate">{startsOf(triggers, inputs)}</span>;
	return (
		<PanelSection title="Triggers" startOpen={startOpen} end={end}>
			<TriggerList triggers={triggers} onAdd={add} onOpen={open} {...(troubles && { troubles })} />
		</PanelSection>
	);
}
