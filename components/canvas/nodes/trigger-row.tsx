import { triggerDefinitionOf } from "@/server/triggers/catalog";
import { TriggerIcon } from "./trigger-icon";

/** One trigger on the card before the first steps: what starts a run, and what it brings. */
export function TriggerRow({ type, inputs }: { type: string; inputs: number }) {
	const definition = triggerDefinitionOf(type);
	return (
		<div className="row">
			<span className="tile">
				<TriggerIcon type={type} />
			</span>
			<span className="body">
				<span className="title">{definition?.title}</span>
				<span className="sub">
					<span className="text">{definition?.summary(inputs)}</span>
				</span>
			</span>
		</div>
	);
}
