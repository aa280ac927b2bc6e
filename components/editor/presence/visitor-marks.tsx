"use client";

import { useInternalNode, ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { useStore } from "zustand";
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

/** Follows the node while it is moved; nothing once it is gone. */
function VisitorMark({ person, id }: { person: Visitor; id: string }) {
	const node = useInternalNode(id);
	const { width = 0, height = 0 } = node?.measured ?? {};
	if (!node || width === 0) return null;
	const { x, y } = node.internals.positionAbsolute;
	const color = visitorColor(person.color);
	return (
		<div
			className="pointer-events-none absolute rounded-[12px] border-[1.5px]"
			style={{ left: x - 5.5, top: y - 5.5, width: width + 11, height: height + 11, borderColor: color, zIndex: 30 }}
		>
			<span
				className="-top-[17px] absolute left-2 max-w-35 truncate rounded-t-1 px-1.5 font-medium text-11 text-white leading-4"
				style={{ background: color }}
			>
				{person.name.split(" ")[0]}
			</span>
		</div>
	);
}
