"use client";

import { useRef, useState } from "react";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { catalog, type NodeType } from "@/server/nodes/catalog";
import { explainReplacement, replaceNodeType } from "@/server/plan/edits/replace-node-type";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { SearchMenu } from "../search/search-dialog";
import { RowNote, SearchList, SearchRow } from "../search/search-list";
import { findTypes } from "./find-types";
import { categoryTitle } from "./suggest-next";
import { useShowAdded } from "./use-show-added";

/** The types that a step can become, as a list; its form opens on what the new type lacks. */
export function ReplaceMenu() {
	const replacing = useSessionState((state) => state.replacing);
	const { editor, state } = useEditorSession();
	const show = useShowNode();
	const showForm = useShowAdded();
	const isReplaced = useRef(false);
	const nameOf = (id: NodeId) => editor.getState().plan.nodes.find((each) => each.id === id)?.name ?? id;
	return (
		<SearchMenu
			about={replacing}
			title={(id) => `Replace ${nameOf(id)} with`}
			onClose={() => state.setState({ replacing: null })}
			onReturn={(id) => {
				(isReplaced.current ? showForm : show)(id);
				isReplaced.current = false;
			}}
		>
			{(id) => (
				<Types
					id={id}
					onReplaced={() => {
						isReplaced.current = true;
					}}
				/>
			)}
		</SearchMenu>
	);
}

function Types({ id, onReplaced }: { id: NodeId; onReplaced: () => void }) {
	const session = useEditorSession();
	const [search, setSearch] = useState("");
	const { plan } = session.editor.getState();
	const node = plan.nodes.find((each) => each.id === id);
	if (!node) return null;
	const choose = (type: NodeType) => {
		session.state.setState({ replacing: null });
		session.editor
			.getState()
			.apply(`Replace with ${catalog[type].title}`, (before) => replaceNodeType(before, { id, type }, catalog));
		onReplaced();
		session.announce(`${node.name} is now a step of the type ${catalog[type].title}.`);
	};
	const types = findTypes(search).filter((type) => type !== node.type);
	return (
		<SearchList
			label={`Replace ${node.name}`}
			placeholder="Find a step"
			search={search}
			onSearch={setSearch}
			empty="No other step matches."
		>
			{types.map((type) => {
				const refusal = explainReplacement(plan, { id, type }, catalog);
				const { icon, title, category } = catalog[type];
				return (
					<SearchRow
						key={type}
						value={type}
						icon={<NodeIcon name={icon} />}
						text={title}
						search={search}
						disabled={refusal !== undefined}
						onSelect={() => choose(type)}
					>
						<RowNote>{refusal?.title ?? categoryTitle(category)}</RowNote>
					</SearchRow>
				);
			})}
		</SearchList>
	);
}
