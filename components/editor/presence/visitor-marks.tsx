"use client";

import { useStore as useFlow, useInternalNode, ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { firstName } from "@/components/ui/format/format-name";
import { listPeople, type PresenceStore, type Visitor } from "./presence-store";
import { visitorColor } from "./visitor-color";

interface VisitorMarksProps {
	presence: PresenceStore;
}

/** On the canvas: what teammates have selected, outlined in their color with their name. A child of React Flow. */
export function VisitorMarks({ presence }: VisitorMarksProps) {
	const visitors = useStore(presence, (state) => state.visitors);
	const people = useMemo(() => listPeople(visitors), [visitors]);
	return (
		<ViewportPortal>
			{people.flatMap((person) =>
				person.selected.map((id) => <VisitorMark key={`${person.userId} ${id}`} person={person} id={id} />),
			)}
		</ViewportPortal>
	);
}

/** Follows the node while it is moved; draws nothing once it is gone. Line and name keep their size when zoomed out. */
function VisitorMark({ person, id }: { person: Visitor; id: string }) {
	const node = useInternalNode(id);
	const scale = useFlow(({ transform: [, , zoom] }) => 1 / Math.min(1, zoom));
	const { width = 0, height = 0 } = node?.measured ?? {};
	if (!node || width === 0) return null;
	const { x, y } = node.internals.positionAbsolute;
	const gap = 5.5 * scale;
	const color = visitorColor(person.color);
	const frame = { left: x - gap, top: y - gap, width: width + 2 * gap, height: height + 2 * gap };
	return (
		<div
			className="pointer-events-none absolute z-30 rounded-[12px]"
			style={{ ...frame, borderStyle: "solid", borderWidth: 1.5 * scale, borderColor: color }}
		>
			<span
				className="absolute bottom-full left-2 max-w-35 origin-bottom-left truncate rounded-t-1 px-1.5 font-medium text-11 text-white leading-4"
				style={{ background: color, transform: `scale(${scale})` }}
			>
				{firstName(person.name)}
			</span>
		</div>
	);
}
