"use client";

import { Command } from "cmdk";
import { useRef, useState } from "react";
import { NodeIcon } from "@/components/canvas/node-icon";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { MarkedText } from "../marked-text";
import { SearchMenu, SearchMenuHead } from "../search-menu";
import { listDestinations, moveTo } from "./move-steps";

/** The containers that the selected steps can be moved into, and the canvas around them: what the mouse does by dragging. */
export function MoveMenu() {
	const relocating = useSessionState((state) => state.relocating);
	const { state } = useEditorSession();
	const show = useShowNode();
	const moved = useRef<readonly NodeId[]>([]);
	if (relocating !== null) moved.current = relocating;
	return (
		<SearchMenu
			isOpen={relocating !== null}
			onClose={() => state.setState({ relocating: null })}
			onReturn={() => {
				const [first] = moved.current;
				if (first !== undefined) show(first);
			}}
		>
			{relocating !== null && <Homes ids={relocating} />}
		</SearchMenu>
	);
}

function Homes({ ids }: { ids: readonly NodeId[] }) {
	const session = useEditorSession();
	const drawing = useSessionState((state) => state.drawing);
	const [search, setSearch] = useState("");
	const wanted = search.trim().toLowerCase();
	const destinations = listDestinations(drawing, ids).filter(({ name }) => name.toLowerCase().includes(wanted));
	const [first = ""] = ids;
	const what = ids.length === 1 ? (drawing.graph.nodes.get(first)?.name ?? first) : `${ids.length} steps`;
	const choose = (parent: NodeId | undefined) => {
		session.state.setState({ relocating: null });
		moveTo(session, ids, parent);
	};
	return (
		<Command label={`Move ${what}`} shouldFilter={false} loop>
			<SearchMenuHead title={`Move ${what} into`} placeholder="Find a container" search={search} onSearch={setSearch} />
			<Command.List className="max-h-[min(360px,60vh)] overflow-y-auto p-1.5">
				<Command.Empty className="px-2 py-3 text-ink-3">
					{wanted === "" ? "There is no container to move into." : "No other container matches."}
				</Command.Empty>
				{destinations.map(({ id, name, icon, refusal }) => (
					<Command.Item
						key={id ?? ""}
						value={id ?? "~outside"}
						disabled={refusal !== undefined}
						onSelect={() => choose(id)}
						className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1 aria-disabled:cursor-default aria-disabled:text-ink-3 aria-selected:bg-fill [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2"
					>
						<NodeIcon name={icon} />
						<span className="min-w-0 flex-1 truncate">
							<MarkedText text={name} search={search} />
						</span>
						{refusal && <span className="max-w-[220px] truncate text-12">{refusal}</span>}
					</Command.Item>
				))}
			</Command.List>
		</Command>
	);
}
