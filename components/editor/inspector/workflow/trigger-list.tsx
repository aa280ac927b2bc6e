import { TriggerIcon } from "@/components/canvas/nodes/trigger-icon";
import { Button } from "@/components/ui/button";
import { IconTile } from "@/components/ui/icon-tile";
import { listTriggerDefinitions, type Trigger } from "@/server/triggers/catalog";

interface TriggerListProps {
	triggers: readonly Trigger[];
	onAdd: (trigger: Trigger) => void;
}

/** What starts the workflow, and a button for each kind of trigger that it does not have. */
export function TriggerList({ triggers, onAdd }: TriggerListProps) {
	const used = new Set<string>(triggers.map(({ type }) => type));
	const known = listTriggerDefinitions();
	const present = known.filter(({ type }) => used.has(type));
	const missing = known.filter(({ type }) => !used.has(type));
	return (
		<div className="grid gap-1 px-4 pb-4">
			{present.length > 0 && (
				<ul className="grid gap-1">
					{present.map(({ type, cause, detail }) => (
						<li key={type} className="flex h-7 items-center gap-2">
							<IconTile category="trigger" size="small">
								<TriggerIcon type={type} />
							</IconTile>
							{cause}
							<span className="ml-auto text-12 text-ink-3">{detail}</span>
						</li>
					))}
				</ul>
			)}
			{missing.map(({ type, add }) => (
				<Button key={type} className="justify-self-start" onClick={() => onAdd(add.trigger)}>
					<TriggerIcon type={type} />
					{add.label}
				</Button>
			))}
		</div>
	);
}
