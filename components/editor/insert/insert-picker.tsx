"use client";

import { Popover } from "radix-ui";
import { type KeyboardEvent, useRef, useState } from "react";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { IconTile } from "@/components/ui/icon-tile";
import { catalog, type NodeType } from "@/server/nodes/catalog";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { type EditorSessionState, useEditorSession, useSessionState } from "../editor-session";
import { RowNote, SearchGroup, SearchList, SearchRow } from "../search/search-list";
import { addStep } from "./add-step";
import { findTypes } from "./find-types";
import type { StepPlace } from "./insert-step";
import { categoryTitle, suggestNext } from "./suggest-next";
import { useShowAdded } from "./use-show-added";

/** The list of step types that opens where a connection was dropped, at a +, or with Tab; what fits comes first. */
export function InsertPicker() {
	const picking = useSessionState((state) => state.picking);
	return picking && <Picker key={`${picking.at.x} ${picking.at.y}`} picking={picking} />;
}

function Picker({ picking }: { picking: NonNullable<EditorSessionState["picking"]> }) {
	const session = useEditorSession();
	const show = useShowNode();
	const [search, setSearch] = useState("");
	const goesTo = useRef<string | undefined>(undefined);
	const showAdded = useShowAdded();
	const { caption, source } = describePlace(session.state.getState(), picking.place);
	const close = () => session.state.setState({ picking: null });
	const choose = (type: NodeType, stay: boolean) => {
		const added = addStep(session, picking.place, { type });
		if (added === undefined) return;
		if (stay) return setSearch("");
		goesTo.current = added;
		close();
	};
	const anchor = { current: { getBoundingClientRect: () => new DOMRect(picking.at.x, picking.at.y, 0, 0) } };
	return (
		<Popover.Root open onOpenChange={(open) => !open && close()}>
			<Popover.Anchor virtualRef={anchor} />
			<Popover.Portal>
				<Popover.Content
					side="right"
					align="start"
					sideOffset={20}
					alignOffset={-24}
					collisionPadding={8}
					aria-label="Add a step"
					className="z-40 w-[312px] animate-fade overflow-hidden rounded-3 border border-line bg-panel shadow-2 outline-none"
					onCloseAutoFocus={(event) => {
						event.preventDefault();
						if (goesTo.current !== undefined) return showAdded(goesTo.current);
						const back = "from" in picking.place ? picking.place.from : undefined;
						if (back !== undefined && back !== TRIGGER_ID) show(back);
					}}
				>
					<TypeList search={search} onSearch={setSearch} caption={caption} source={source} onChoose={choose} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

interface TypeListProps {
	search: string;
	onSearch: (search: string) => void;
	caption: string;
	/** The type of the step before, for what fits. */
	source: string | undefined;
	onChoose: (type: NodeType, stay: boolean) => void;
}

function TypeList({ search, onSearch, caption, source, onChoose }: TypeListProps) {
	const [value, setValue] = useState("");
	const found = findTypes(search);
	const { gives, fits } = source === undefined ? { gives: [], fits: [] } : suggestNext(source);
	// A search is answered in its own order: what fits stands apart only while the likeliest type is one of it.
	const isApart = search.trim() === "" || fits.some((type) => type === found[0]);
	const first = isApart ? found.filter((type) => fits.includes(type)) : [];
	const others = found.filter((type) => !first.includes(type));
	const addAnother = (event: KeyboardEvent) => {
		const type = found.find((known) => known === value);
		if (event.key !== "Enter" || !event.shiftKey || type === undefined) return;
		event.preventDefault();
		onChoose(type, true);
	};
	const rows = (types: readonly NodeType[]) =>
		types.map((type) => {
			const { title, icon, category } = catalog[type];
			return (
				<SearchRow
					key={type}
					value={type}
					icon={
						<IconTile category={category} size="small">
							<NodeIcon name={icon} />
						</IconTile>
					}
					text={title}
					search={search}
					onSelect={() => onChoose(type, false)}
				>
					<RowNote>{categoryTitle(category)}</RowNote>
				</SearchRow>
			);
		});
	return (
		<SearchList
			label="Steps"
			placeholder="Find a step"
			search={search}
			onSearch={onSearch}
			end={<span className="max-w-[150px] flex-none truncate text-12 text-ink-3">{caption}</span>}
			empty={`No step matches “${search}”.`}
			keys={KEYS}
			value={value}
			onValueChange={setValue}
			onKeyDown={addAnother}
		>
			<SearchGroup title={`Fits what it gives: ${gives.slice(0, 3).join(", ")}`}>{rows(first)}</SearchGroup>
			<SearchGroup title={first.length > 0 ? "All steps" : "Steps"}>{rows(others)}</SearchGroup>
		</SearchList>
	);
}

const KEYS = [
	[["↵"], "add"],
	[["⇧↵"], "add another"],
	[["esc"], "cancel"],
] as const;

/** “after Install”, and the type of the step whose output the new one sees first. */
function describePlace(
	{ drawing }: EditorSessionState,
	place: StepPlace,
): { caption: string; source: string | undefined } {
	const { graph } = drawing;
	const typeOf = (id: NodeId) => graph.nodes.get(id)?.node.type;
	if (place.kind === "after" && place.from !== TRIGGER_ID) {
		const port = place.port === "out" ? "" : `${place.port.replace(/^case:/, "")} of `;
		return { caption: `after ${port}${nameOfNode(graph, place.from)}`, source: typeOf(place.from) };
	}
	if (place.kind === "first") return { caption: `in ${nameOfNode(graph, place.parent)}`, source: undefined };
	if (place.kind !== "edge") return { caption: "", source: undefined };
	const edge = drawing.edges.find(({ id }) => id === place.edge);
	if (edge?.kind !== "edge") return { caption: "", source: undefined };
	return { caption: `before ${nameOfNode(graph, edge.to)}`, source: typeOf(edge.from) };
}
