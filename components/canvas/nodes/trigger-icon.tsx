import { triggerDefinitionOf } from "@/server/triggers/catalog";
import { NodeIcon } from "./node-icon";

/** The icon of a kind of trigger; the hand's for what starts a run without being one, as a try does. */
export function TriggerIcon({ type, className }: { type: string; className?: string | undefined }) {
	return <NodeIcon name={triggerDefinitionOf(type)?.icon ?? "mouse-pointer-click"} className={className} />;
}
