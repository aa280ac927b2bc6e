"use client";

import { IconButton } from "@/components/ui/icon-button";
import { useModKey } from "@/components/ui/use-mod-key";
import { useActions } from "./actions-context";
import { keyCaps } from "./keys";

/** An action as an icon, with its key in the tooltip. */
export function ActionButton({ id, size = "bar" }: { id: string; size?: "bar" | "panel" }) {
	const modKey = useModKey();
	const action = useActions().find((known) => known.id === id);
	if (!action) return null;
	const { title, keys, Icon, run } = action;
	return (
		<IconButton
			label={title}
			{...(keys !== undefined && { shortcut: keyCaps(keys, modKey).join(" ") })}
			size={size}
			className={size === "bar" ? "size-[26px]" : undefined}
			onClick={run}
		>
			<Icon />
		</IconButton>
	);
}
