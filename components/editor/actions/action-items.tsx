"use client";

import { GuardedMenuItem } from "@/components/ui/guarded-menu-item";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { MenuSeparator } from "@/components/ui/menu";
import { type ActionId, type ActionTarget, labelOf } from "./action";
import { useAction } from "./actions-context";
import { keyCaps } from "./keys";

/** What cannot be done there is of no interest elsewhere: containers are opened and closed, and take steps. */
const ONLY_WHERE_POSSIBLE: ReadonlySet<ActionId> = new Set(["inside", "fold"]);

interface ActionItemsProps {
	/** In the order of the menu, with a line between groups. */
	groups: readonly (readonly ActionId[])[];
	target?: ActionTarget;
}

/** Actions as the items of a menu, each with its key; those that cannot be done now are dimmed. */
export function ActionItems({ groups, target }: ActionItemsProps) {
	return groups.map((ids, index) => (
		<div key={ids.join(" ")}>
			{index > 0 && <MenuSeparator />}
			{ids.map((id) => (
				<ActionItem key={id} id={id} target={target} />
			))}
		</div>
	));
}

function ActionItem({ id, target }: { id: ActionId; target: ActionTarget | undefined }) {
	const modKey = useModKey();
	const action = useAction(id);
	const isPossible = action?.reason?.(target) === undefined;
	if (!action || (!isPossible && ONLY_WHERE_POSSIBLE.has(id))) return null;
	const { keys, Icon, isDanger, refusal, run } = action;
	return (
		<GuardedMenuItem
			whyNot={refusal}
			disabled={!isPossible}
			danger={isDanger}
			{...(keys !== undefined && { shortcut: keyCaps(keys, modKey).join(" ") })}
			// What it opens must not be closed along with the menu.
			onSelect={() => setTimeout(() => run(target))}
		>
			<Icon />
			{labelOf(action, target)}
		</GuardedMenuItem>
	);
}

/** For a menu's `onCloseAutoFocus`: what an action has just opened keeps the focus. */
export function keepOpenedFocus(event: Event): void {
	if (document.activeElement !== document.body) event.preventDefault();
}
