"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { SearchInput } from "@/components/ui/forms/search-input";
import { IconButton } from "@/components/ui/icon-button";
import type { NodeId, Plan } from "@/server/plan/plan";
import { useEditorSession, useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { useShowNode } from "./show-node";

/** Finds steps by name, id, type or anything written in their settings, and goes through them one by one. */
export function FindOnCanvas() {
	const open = useSessionState((state) => state.finding);
	return open && <FindBar />;
}

function FindBar() {
	const { search, setSearch, at, found, go, close } = useFinding();
	const goOn = () => go(at + 1);
	const goBack = () => go(at > 0 ? at - 1 : found.length - 1);
	const input = useRef<HTMLInputElement>(null);
	useEffect(() => input.current?.focus(), []);
	return (
		<search className="flex items-center gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1">
			<SearchInput
				label="Find on the canvas"
				ref={input}
				placeholder="Name, id or setting"
				end={
					<span aria-hidden="true" className="whitespace-nowrap text-11 text-ink-3 tabular-nums">
						{search === "" ? "" : `${found.length === 0 ? 0 : at + 1} / ${found.length}`}
					</span>
				}
				boxClassName="w-60"
				value={search}
				onSearch={setSearch}
				onKeyDown={(event) => {
					if (event.key === "Enter") event.shiftKey ? goBack() : goOn();
					else if (event.key === "Escape") close();
				}}
			/>
			<IconButton label="Previous" shortcut="⇧↵" size="panel" disabled={found.length === 0} onClick={goBack}>
				<ChevronUp />
			</IconButton>
			<IconButton label="Next" shortcut="↵" size="panel" disabled={found.length === 0} onClick={goOn}>
				<ChevronDown />
			</IconButton>
			<IconButton label="Close the search" size="panel" onClick={close}>
				<X />
			</IconButton>
		</search>
	);
}

/** What is looked for, the steps that were found, and which of them is shown. */
function useFinding() {
	const { editor, state, announce } = useEditorSession();
	const show = useShowNode();
	const plan = useEditor((current) => current.plan);
	const [search, setSearch] = useState("");
	const [at, setAt] = useState(0);
	const found = findSteps(plan, search);
	const go = (index: number) => {
		const next = index % Math.max(1, found.length);
		const id = found[next];
		setAt(next);
		if (id === undefined) return;
		editor.getState().select({ nodes: [id] });
		show(id, { focus: false });
		announce(`${next + 1} of ${found.length}: ${plan.nodes.find((node) => node.id === id)?.name ?? id}`);
	};
	const close = () => {
		state.setState({ finding: false });
		const id = found[at];
		if (id !== undefined) show(id);
	};
	const searchFor = (text: string) => {
		setSearch(text);
		setAt(-1);
	};
	return { search, setSearch: searchFor, at, found, go, close };
}

/** In the order of the plan; names first. */
export function findSteps({ nodes }: Plan, search: string): NodeId[] {
	const wanted = search.trim().toLowerCase();
	if (wanted === "") return [];
	const ranked = nodes.flatMap(({ id, name, type, config }) => {
		if (name.toLowerCase().includes(wanted)) return [{ id, rank: 0 }];
		const text = `${id} ${type} ${JSON.stringify(config)}`.toLowerCase();
		return text.includes(wanted) ? [{ id, rank: 1 }] : [];
	});
	return ranked.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
}
