"use client";

import { X } from "lucide-react";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { IconButton } from "@/components/ui/icon-button";
import { IconTile } from "@/components/ui/icon-tile";
import { NamedActionButton } from "../actions/action-button";
import { useEditorStore } from "../editor-store";
import { useStable } from "./use-stable";

/** Several steps are selected: which, and what can be done with all of them. */
export function ManyPanel() {
	const store = useEditorStore();
	const steps = useStable(({ plan, selection }) =>
		plan.nodes.flatMap((node) => {
			if (!selection.nodes.includes(node.id)) return [];
			const { title, icon, category } = describeNode(node);
			return [{ id: node.id, title, icon, category }];
		}),
	);
	return (
		<div className="flex h-full flex-col">
			<header className="flex h-14 flex-none items-center gap-2.5 pr-3 pl-4">
				<h2 className="min-w-0 flex-1 truncate">{steps.length} steps</h2>
				<IconButton label="Close" size="panel" onClick={() => store.getState().select({})}>
					<X />
				</IconButton>
			</header>
			<div className="flex flex-wrap gap-2 px-4 pb-3">
				<NamedActionButton id="duplicate" />
				<NamedActionButton id="disable" />
				<NamedActionButton id="remove" />
			</div>
			<ul className="min-h-0 flex-1 overflow-y-auto border-line border-t py-1">
				{steps.map(({ id, title, icon, category }) => (
					<li key={id}>
						<button
							type="button"
							className="flex h-8 w-full min-w-0 items-center gap-2 px-4 text-left hover:bg-fill phone:h-11"
							onClick={() => store.getState().select({ nodes: [id] })}
						>
							<IconTile category={category} size="small">
								<NodeIcon name={icon} />
							</IconTile>
							<span className="min-w-0 truncate">{title}</span>
							<span className="ml-auto truncate font-mono text-11 text-ink-3">{id}</span>
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}
