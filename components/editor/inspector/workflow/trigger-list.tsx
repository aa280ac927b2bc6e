import { ChevronRight, CircleAlert } from "lucide-react";
import { TriggerIcon } from "@/components/canvas/nodes/trigger-icon";
import { Button } from "@/components/ui/button";
import { IconTile } from "@/components/ui/icon-tile";
import { keyOfTrigger, listTriggerDefinitions, type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";

interface TriggerListProps {
	triggers: readonly Trigger[];
	/** Why what a trigger heard last was refused or failed, by its id. */
	troubles?: ReadonlyMap<string, string>;
	onAdd: (trigger: Trigger) => void;
	onOpen: (key: string) => void;
}

/** What starts the workflow, and a button for each kind of trigger that it may have one more of. */
export function TriggerList({ triggers, troubles, onAdd, onOpen }: TriggerListProps) {
	const used = new Set<string>(triggers.filter((trigger) => !("id" in trigger)).map(({ type }) => type));
	const addable = listTriggerDefinitions().filter(({ type }) => !used.has(type));
	return (
		<div className="grid gap-1 px-4 pb-4">
			{triggers.length > 0 && (
				<ul className="grid gap-1">
					{triggers.map((trigger) => (
						<li key={keyOfTrigger(trigger)}>
							<button
								type="button"
								className="-mx-1.5 flex h-7 w-[calc(100%+12px)] items-center gap-2 rounded-2 px-1.5 text-left hover:bg-fill phone:h-11"
								onClick={() => onOpen(keyOfTrigger(trigger))}
							>
								<IconTile category="trigger" size="small">
									<TriggerIcon type={trigger.type} />
								</IconTile>
								{triggerDefinitionOf(trigger.type)?.cause}
								<span className="ml-auto truncate text-12 text-ink-3">
									{triggerDefinitionOf(trigger.type)?.detail(trigger)}
								</span>
								<ChevronRight aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
							</button>
							{troubles?.has(keyOfTrigger(trigger)) && (
								<p className="flex gap-1.5 pb-1 text-12 text-failed">
									<CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
									Its last request was refused or failed. {troubles.get(keyOfTrigger(trigger))}
								</p>
							)}
						</li>
					))}
				</ul>
			)}
			{addable.map(({ type, add }) => (
				<Button key={type} className="justify-self-start" onClick={() => onAdd(add.trigger)}>
					<TriggerIcon type={type} />
					{add.label}
				</Button>
			))}
		</div>
	);
}
