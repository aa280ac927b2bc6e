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
import { TriggerSettings } from "./trigger-settings";

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
			<TriggerSettings key={key} trigger={trigger} onChange={change} />
		</div>
	);
}
