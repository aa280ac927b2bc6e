"use client";

import { Ellipsis, X } from "lucide-react";
import { useState } from "react";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { cn } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/forms/field";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { IconButton } from "@/components/ui/icon-button";
import { IconTile } from "@/components/ui/icon-tile";
import { Menu } from "@/components/ui/menu";
import { catalog } from "@/server/nodes/catalog";
import { explainRename, renameNodeId } from "@/server/plan/edits/rename-node-id";
import type { ActionId } from "../actions/action";
import { ActionItems, keepOpenedFocus } from "../actions/action-items";
import { useEditorStore } from "../editor-store";
import { focusStep } from "./focus-field";
import { useNode, useNodeId } from "./node-fields";
import { selectRenamed, useNaming } from "./use-naming";
import { useStable } from "./use-stable";

/** What a step is called, by people and by references, and what can be done with it. */
export function NodeHead() {
	const id = useNodeId();
	const look = useStable(({ plan }) => {
		const node = plan.nodes.find((each) => each.id === id);
		const described = node && describeNode(node);
		return described && { icon: described.icon, category: described.category, type: described.type };
	});
	const store = useEditorStore();
	const isPhone = useIsPhone();
	return (
		<header className="flex-none">
			<div className="flex h-14 items-center gap-2.5 pr-3 pl-4 phone:h-[68px] phone:pr-1">
				<IconTile category={look?.category ?? "flow"}>
					<NodeIcon name={look?.icon ?? "box"} />
				</IconTile>
				<div className="min-w-0 flex-1">
					<NameInput />
					{isPhone ? <TypeLine type={look?.type ?? ""} /> : <IdInput type={look?.type ?? ""} />}
				</div>
				<NodeMenu />
				<IconButton label="Close" size="panel" onClick={() => store.getState().select({})}>
					<X />
				</IconButton>
			</div>
		</header>
	);
}

const quiet =
	"-mx-1 block min-w-0 truncate rounded-1 border border-transparent bg-transparent px-[3px] outline-none hover:border-line focus:border-focus focus:bg-panel phone:text-[16px]";

function NameInput() {
	const id = useNodeId();
	const name = useNode((node) => node.name, "");
	const naming = useNaming();
	return (
		<h2>
			<input
				aria-label="Name of the step"
				aria-invalid={naming.isRefused || undefined}
				value={naming.typed ?? name}
				autoComplete="off"
				className={cn(quiet, "w-full font-semibold leading-[18px] aria-invalid:border-failed phone:h-11")}
				onChange={(event) => naming.write(event.target.value)}
				onKeyDown={(event) => {
					if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
					focusStep(naming.settle() ?? id);
				}}
				onBlur={naming.settle}
			/>
		</h2>
	);
}

/** On a phone the id follows the name, and is not edited itself. */
function TypeLine({ type }: { type: string }) {
	const id = useNodeId();
	return (
		<div className="-mt-1 truncate font-mono text-11 text-ink-3">
			{id} · {type}
		</div>
	);
}

/** The id is exchanged when it is whole: every reference to it goes along. */
function IdInput({ type }: { type: string }) {
	const id = useNodeId();
	const store = useEditorStore();
	const [draft, setDraft] = useState<string | null>(null);
	const typed = draft ?? id;
	const refusal = explainRename(store.getState().plan, { from: id, to: typed });
	const commit = () => {
		setDraft(null);
		const { plan, selection, apply } = store.getState();
		if (explainRename(plan, { from: id, to: typed })) return;
		apply(`Change the id to ${typed}`, (before) => renameNodeId(before, { from: id, to: typed }, catalog), {
			select: selectRenamed(selection, id, typed),
		});
	};
	return (
		<>
			<div className="flex items-baseline font-mono text-11 text-ink-3">
				<input
					aria-label="Id of the step"
					aria-invalid={refusal ? true : undefined}
					value={typed}
					autoComplete="off"
					spellCheck={false}
					style={{ width: `calc(${Math.max(typed.length, 2)}ch + 9px)` }}
					className={cn(quiet, "max-w-[60%] flex-none leading-4 aria-invalid:border-failed")}
					onChange={(event) => setDraft(event.target.value)}
					onKeyDown={(event) => {
						if (event.key === "Enter") event.currentTarget.blur();
						if (event.key !== "Escape") return;
						event.stopPropagation();
						setDraft(null);
					}}
					onBlur={commit}
				/>
				<span className="ml-1 truncate">· {type}</span>
			</div>
			{refusal && (
				<div className="absolute inset-x-3 z-10 rounded-2 border border-line bg-panel px-3 py-2 shadow-2">
					<FieldError>{refusal.detail}</FieldError>
				</div>
			)}
		</>
	);
}

const MENU: readonly (readonly ActionId[])[] = [
	["try", "copy-reference", "duplicate", "replace", "disable"],
	["remove"],
];
/** On a phone a workflow is looked after, not drawn. */
const PHONE_MENU: readonly (readonly ActionId[])[] = [["try", "copy-reference", "disable"]];

function NodeMenu() {
	const id = useNodeId();
	const isPhone = useIsPhone();
	return (
		<Menu
			onCloseAutoFocus={keepOpenedFocus}
			trigger={
				<IconButton label="More" size="panel">
					<Ellipsis />
				</IconButton>
			}
		>
			<ActionItems groups={isPhone ? PHONE_MENU : MENU} target={{ nodes: [id] }} />
		</Menu>
	);
}
