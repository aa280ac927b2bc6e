"use client";

import { useState } from "react";
import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { matchesSearch } from "../search/match-search";
import { SearchMenu } from "../search/search-dialog";
import { RowNote, SearchList, SearchRow } from "../search/search-list";
import { listDestinations, moveTo } from "./move-steps";

/** The containers that the selected steps can be moved into, and the canvas around them: what the mouse does by dragging. */
export function MoveMenu() {
	const relocating = useSessionState((state) => state.relocating);
	const { state } = useEditorSession();
	const show = useShowNode();
	return (
		<SearchMenu
			about={relocating}
			title={(ids) => `Move ${nameSteps(state.getState().drawing, ids)} into`}
			onClose={() => state.setState({ relocating: null })}
			onReturn={([first]) => first !== undefined && show(first)}
		>
			{(ids) => <Destinations ids={ids} />}
		</SearchMenu>
	);
}

function Destinations({ ids }: { ids: readonly NodeId[] }) {
	const session = useEditorSession();
	const drawing = useSessionState((state) => state.drawing);
	const [search, setSearch] = useState("");
	const destinations = listDestinations(drawing, ids).filter(({ name }) => matchesSearch(name, search));
	const choose = (parent: NodeId | undefined) => {
		session.state.setState({ relocating: null });
		moveTo(session, ids, parent);
	};
	return (
		<SearchList
			label={`Move ${nameSteps(drawing, ids)}`}
			placeholder="Find a container"
			search={search}
			onSearch={setSearch}
			empty={search.trim() === "" ? "There is no container to move into." : "No other container matches."}
		>
			{destinations.map(({ id, name, icon, refusal }) => (
				<SearchRow
					key={id ?? ""}
					value={id ?? "~outside"}
					icon={<NodeIcon name={icon} />}
					text={name}
					search={search}
					disabled={refusal !== undefined}
					onSelect={() => choose(id)}
				>
					{refusal && <RowNote>{refusal}</RowNote>}
				</SearchRow>
			))}
		</SearchList>
	);
}

/** One step by its name, several by their number. */
function nameSteps({ graph }: Drawing, ids: readonly NodeId[]): string {
	const [first = ""] = ids;
	return ids.length === 1 ? nameOfNode(graph, first) : `${ids.length} steps`;
}
