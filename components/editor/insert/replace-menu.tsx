"use client";

import { Command } from "cmdk";
import { useRef, useState } from "react";
import { NodeIcon } from "@/components/canvas/node-icon";
import { catalog, type NodeType } from "@/server/nodes/catalog";
import { explainReplacement, replaceNodeType } from "@/server/plan/edits/replace-node-type";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { MarkedText } from "../marked-text";
import { SearchMenu, SearchMenuHead } from "../search-menu";
import { findTypes } from "./find-types";
import { categoryTitle } from "./suggest-next";
import { useShowAdded } from "./use-show-added";

/** The types that a step can become, as a list; its form opens on what the new type lacks. */
export function ReplaceMenu() {
	const replacing = useSessionState((state) => state.replacing);
	const { state } = useEditorSession();
	const show = useShowNode();
	const showForm = useShowAdded();
	const asked = useRef<NodeId | null>(null);
	const isReplaced = useRef(false);
	if (replacing !== null) asked.current = replacing;
	return (
		<SearchMenu
			isOpen={replacing !== null}
			onClose={() => state.setState({ replacing: null })}
			onReturn={() => {
				if (asked.current !== null) (isReplaced.current ? showForm : show)(asked.current);
				isReplaced.current = false;
			}}
		>
			{replacing !== null && (
				<Types
					id={replacing}
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
		<Command label={`Replace ${node.name}`} shouldFilter={false} loop>
			<SearchMenuHead
				title={`Replace ${node.name} with`}
				placeholder="Find a step"
				search={search}
				onSearch={setSearch}
			/>
			<Command.List className="max-h-[min(360px,60vh)] overflow-y-auto p-1.5">
				<Command.Empty className="px-2 py-3 text-ink-3">No other step matches.</Command.Empty>
				{types.map((type) => {
					const refusal = explainReplacement(plan, { id, type }, catalog);
					return (
						<Command.Item
							key={type}
							value={type}
							disabled={refusal !== undefined}
							onSelect={() => choose(type)}
							className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1 aria-disabled:cursor-default aria-disabled:text-ink-3 aria-selected:bg-fill [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2"
						>
							<NodeIcon name={catalog[type].icon} />
							<span className="min-w-0 flex-1 truncate">
								<MarkedText text={catalog[type].title} search={search} />
							</span>
							<span className="text-12 text-ink-3">{refusal?.title ?? categoryTitle(catalog[type].category)}</span>
						</Command.Item>
					);
				})}
			</Command.List>
		</Command>
	);
}
