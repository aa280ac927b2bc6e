"use client";

import { ArrowLeft, Trash2 } from "lucide-react";
import { TriggerIcon } from "@/components/canvas/nodes/trigger-icon";
import { IconButton } from "@/components/ui/icon-button";
import { IconTile } from "@/components/ui/icon-tile";
import { PanelHead } from "@/components/ui/panel-head";
import { removeTrigger, setTrigger } from "@/server/plan/edits/set-plan-fields";
import { keyOfTrigger, type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";
import { useEditorSession } from "../../../editor-session";
import { useEditor, useEditorStore } from "../../../editor-store";
import { AlertForm } from "./alert-form";
import { EventForm } from "./event-form";
import { RepositoryForm } from "./repository-form";
import { ScheduleForm } from "./schedule-form";
import { WebhookForm } from "./webhook-form";
import { WorkflowEndedForm } from "./workflow-ended-form";

/** One way in which the workflow starts: its settings, and what has come of it. */
export function TriggerPanel({ trigger }: { trigger: Trigger }) {
	const store = useEditorStore();
	const count = useEditor(({ plan }) => plan.triggers.length);
	const position = useEditor(({ plan }) => plan.triggers.indexOf(trigger) + 1);
	const session = useEditorSession();
	const close = () => session.state.setState({ trigger: null });
	const key = keyOfTrigger(trigger);
	const change = (next: Trigger) =>
		store.getState().apply("Change a trigger", (plan) => setTrigger(plan, key, next), { coalesce: `trigger-${key}` });
	const remove = () => {
		store.getState().apply("Remove a trigger", (plan) => removeTrigger(plan, key));
		close();
	};
	return (
		<div className="flex h-full flex-col overflow-y-auto">
			<div className="flex flex-none items-center pl-1">
				<IconButton label="Back to the workflow" size="panel" onClick={close}>
					<ArrowLeft />
				</IconButton>
				<div className="min-w-0 flex-1 [&>header]:pl-1">
					<PanelHead
						icon={
							<IconTile category="trigger">
								<TriggerIcon type={trigger.type} />
							</IconTile>
						}
						title={triggerDefinitionOf(trigger.type)?.title ?? trigger.type}
						caption={count > 1 ? `${key}, ${position} of ${count}` : key}
					>
						<IconButton label="Remove this trigger" size="panel" onClick={remove}>
							<Trash2 />
						</IconButton>
					</PanelHead>
				</div>
			</div>
			<Settings key={key} trigger={trigger} onChange={change} />
		</div>
	);
}

function Settings({ trigger, onChange }: { trigger: Trigger; onChange: (trigger: Trigger) => void }) {
	switch (trigger.type) {
		case "manual":
			return (
				<p className="px-4 text-12 text-ink-3">
					Somebody presses Run, and fills in the form of the workflow. There is nothing to set.
				</p>
			);
		case "schedule":
			return <ScheduleForm trigger={trigger} onChange={onChange} />;
		case "webhook":
			return <WebhookForm trigger={trigger} onChange={onChange} />;
		case "alertmanager":
			return <AlertForm trigger={trigger} onChange={onChange} />;
		case "github":
		case "gitlab":
			return <RepositoryForm trigger={trigger} onChange={onChange} />;
		case "event":
			return <EventForm trigger={trigger} onChange={onChange} />;
		case "workflow-ended":
			return <WorkflowEndedForm trigger={trigger} onChange={onChange} />;
	}
}
