"use client";

import { AlignStartVertical } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { countOf } from "@/server/nodes/summary-text";
import { ActionButton } from "../actions/action-button";
import { ActionItems } from "../actions/action-items";
import { ALIGN_IDS } from "../actions/align-actions";
import { useEditor } from "../editor-store";

/** The same for edges: they can only be taken away. */
function EdgeBar({ count }: { count: number }) {
	return (
		<div
			role="toolbar"
			aria-label="Selected connections"
			className="flex items-center gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1"
		>
			<span className="px-2 text-12 text-ink-2 tabular-nums">
				{count === 1 ? "one connection" : `${count} connections`}
			</span>
			<ActionButton id="remove" />
		</div>
	);
}

/** What can be done with several selected steps at once. */
export function SelectionBar() {
	const count = useEditor(({ selection }) => selection.nodes.length + selection.notes.length);
	const edges = useEditor(({ selection }) => selection.edges.length);
	if (count === 0 && edges > 0) return <EdgeBar count={edges} />;
	if (count < 2) return null;
	return (
		<div
			role="toolbar"
			aria-label="Selected steps"
			className="flex items-center gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1"
		>
			<span className="px-2 text-12 text-ink-2 tabular-nums">{countOf(count, "step")}</span>
			<Menu
				trigger={
					<IconButton label="Align" className="size-[26px]">
						<AlignStartVertical />
					</IconButton>
				}
			>
				<ActionItems groups={[ALIGN_IDS]} />
			</Menu>
			<ActionButton id="duplicate" />
			<ActionButton id="disable" />
			<ActionButton id="remove" />
		</div>
	);
}
