"use client";

import { useMemo } from "react";
import { useStore } from "zustand";
import { initials } from "@/components/ui/format/format-name";
import { Tooltip } from "@/components/ui/tooltip";
import { useEditor } from "../editor-store";
import { listPeople, type PresenceStore, type Visitor } from "./presence-store";
import { visitorColor } from "./visitor-color";

interface PresenceAvatarsProps {
	presence: PresenceStore;
}

/** More faces than these are a number. */
const SHOWN = 4;

/** The teammates who have this workflow open, one overlapping the other. */
export function PresenceAvatars({ presence }: PresenceAvatarsProps) {
	const visitors = useStore(presence, (state) => state.visitors);
	const people = useMemo(() => listPeople(visitors), [visitors]);
	if (people.length === 0) return null;
	const hidden = people.length - SHOWN;
	return (
		<ul aria-label="Here now" className="flex flex-none items-center phone:hidden">
			{people.slice(0, SHOWN).map((person) => (
				<Face key={person.userId} person={person} />
			))}
			{hidden > 0 && (
				<li className="-ml-1 grid size-6 place-items-center rounded-full bg-fill-2 font-medium text-[10px] text-ink-2 ring-2 ring-page">
					<span aria-hidden="true">+{hidden}</span>
					<span className="sr-only">and {hidden} more</span>
				</li>
			)}
		</ul>
	);
}

function Face({ person }: { person: Visitor }) {
	const { name, color, selected } = person;
	const step = useEditor(({ plan }) => plan.nodes.find(({ id }) => id === selected[0])?.name);
	return (
		<li className="not-first:-ml-1">
			<Tooltip label={step === undefined ? name : `${name} · ${step}`}>
				<span
					className="grid size-6 select-none place-items-center rounded-full font-semibold text-[10px] text-white leading-none tracking-[0.02em] ring-2 ring-page"
					style={{ background: visitorColor(color) }}
				>
					<span aria-hidden="true">{initials(name)}</span>
					<span className="sr-only">{name}</span>
				</span>
			</Tooltip>
		</li>
	);
}
