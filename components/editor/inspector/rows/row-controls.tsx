"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useRow } from "./row-context";

/** Takes the row away. */
export function RemoveRow({ className }: { className?: string }) {
	const { index, name, canRemove, actions } = useRow();
	if (!canRemove) return null;
	return (
		<IconButton
			label={`Remove ${name}`}
			size="panel"
			tooltipSide="left"
			className={className}
			onClick={() => actions.remove(index)}
		>
			<X />
		</IconButton>
	);
}

/** Moves the row up and down, and takes it away. */
export function RowControls() {
	const { index, count, actions } = useRow();
	return (
		<span className="flex flex-none items-center gap-0.5">
			{count > 1 && (
				<>
					<IconButton
						label="Move up"
						shortcut="Alt ↑"
						size="panel"
						disabled={index === 0}
						onClick={() => actions.move(index, -1)}
					>
						<ChevronUp />
					</IconButton>
					<IconButton
						label="Move down"
						shortcut="Alt ↓"
						size="panel"
						disabled={index === count - 1}
						onClick={() => actions.move(index, 1)}
					>
						<ChevronDown />
					</IconButton>
				</>
			)}
			<RemoveRow />
		</span>
	);
}
