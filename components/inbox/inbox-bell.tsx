"use client";

import { useFirstPress } from "../ui/hooks/use-first-press";
import type { LargePart } from "../ui/lazy-part";
import { BellButton, BellFrame } from "./bell-button";

const popover: LargePart<object> = {
	load: () => import("./inbox-popover").then((module) => module.InboxPopover),
	name: "The inbox",
};

/** The inbox on pages without a sidebar: opens its newest in a panel. */
export function InboxBell() {
	const { Part: InboxPopover, trigger } = useFirstPress(popover, "dialog");
	if (InboxPopover) return <InboxPopover />;
	return (
		<BellFrame>
			<BellButton {...trigger} />
		</BellFrame>
	);
}
