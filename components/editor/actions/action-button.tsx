"use client";

import { Button } from "@/components/ui/button";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { IconButton } from "@/components/ui/icon-button";
import { useEditor } from "../editor-store";
import { type Action, type ActionId, type ActionTarget, labelOf } from "./action";
import { useAction } from "./actions-context";
import { keyCaps } from "./keys";

interface ActionButtonProps {
	id: ActionId;
	target?: ActionTarget;
}

/** An action as an icon, with its key in the tooltip. */
export function ActionButton({ id, target, size = "bar" }: ActionButtonProps & { size?: "bar" | "panel" }) {
	const modKey = useModKey();
	const { action, label, isPossible } = useShownAction({ id, target });
	if (!action) return null;
	const { keys, Icon, run } = action;
	return (
		<IconButton
			label={label}
			{...(keys !== undefined && { shortcut: keyCaps(keys, modKey).join(" ") })}
			size={size}
			{...(size === "panel" && { tooltipSide: "top" as const })}
			className={size === "bar" ? "size-[26px]" : undefined}
			disabled={!isPossible}
			onClick={() => run(target)}
		>
			<Icon />
		</IconButton>
	);
}

/** An action as a button with its name. */
export function NamedActionButton({ id, target }: ActionButtonProps) {
	const { action, label, isPossible } = useShownAction({ id, target });
	if (!action) return null;
	const { Icon, isDanger, run } = action;
	return (
		<Button intent={isDanger ? "danger" : "secondary"} disabled={!isPossible} onClick={() => run(target)}>
			<Icon />
			{label}
		</Button>
	);
}

/** Drawn anew when the plan or the selection changes what an action is called, or whether it can be done. */
function useShownAction({ id, target }: ActionButtonProps): {
	action: Action | undefined;
	label: string;
	isPossible: boolean;
} {
	const action = useAction(id);
	const label = useEditor(() => action && labelOf(action, target)) ?? "";
	const isPossible = useEditor(() => action?.reason?.(target) === undefined);
	return { action, label, isPossible };
}
