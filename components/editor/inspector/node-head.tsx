"use client";

import { Copy, CopyPlus, Ellipsis, Play, Power, Replace, Trash2, X } from "lucide-react";
import { useRef, useState } from "react";
import { describeNode } from "@/components/canvas/describe-node";
import { NodeIcon } from "@/components/canvas/node-icon";
import { cn } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { IconTile } from "@/components/ui/icon-tile";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { showDone, showError } from "@/components/ui/toaster";
import { useIsPhone } from "@/components/ui/use-is-phone";
import { catalog } from "@/server/nodes/catalog";
import { explainRename, renameNodeId } from "@/server/plan/edits/rename-node-id";
import { duplicateSelection, removeSelected, toggleDisabled } from "../actions/selection-actions";
import { useEditorSession } from "../editor-session";
import { useEditorStore } from "../editor-store";
import { focusStep } from "./focus-field";
import { useInspectorUi } from "./inspector-context";
import { useNode, useNodeId } from "./node-fields";
import { writeReference } from "./references/write-reference";
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

function NodeMenu() {
	const id = useNodeId();
	const session = useEditorSession();
	const isDisabled = useNode((node) => node.disabled === true, false);
	const openTab = useInspectorUi((state) => state.openTab);
	const isReplacing = useRef(false);
	/** The list opens once the menu has gone, which would take the focus from it. */
	const openReplacing = (event: Event) => {
		if (!isReplacing.current) return;
		event.preventDefault();
		isReplacing.current = false;
		session.state.setState({ replacing: id });
	};
	const copyReference = () =>
		navigator.clipboard.writeText(writeReference(["steps", id, "output"], "braces")).then(
			() => showDone("Copied the reference to its output"),
			() => showError("The browser refused to copy the reference."),
		);
	return (
		<Menu
			onCloseAutoFocus={openReplacing}
			trigger={
				<IconButton label="More" size="panel">
					<Ellipsis />
				</IconButton>
			}
		>
			<MenuItem onSelect={() => openTab("try")}>
				<Play />
				Try this step
			</MenuItem>
			<MenuItem onSelect={() => void copyReference()}>
				<Copy />
				Copy its reference
			</MenuItem>
			<MenuItem className="phone:hidden" onSelect={() => duplicateSelection(session)}>
				<CopyPlus />
				Duplicate
			</MenuItem>
			<MenuItem
				className="phone:hidden"
				onSelect={() => {
					isReplacing.current = true;
				}}
			>
				<Replace />
				Replace with another type
			</MenuItem>
			<MenuItem onSelect={() => toggleDisabled(session)}>
				<Power />
				{isDisabled ? "Enable" : "Disable"}
			</MenuItem>
			<div className="phone:hidden">
				<MenuSeparator />
				<MenuItem danger onSelect={() => removeSelected(session)}>
					<Trash2 />
					Delete
				</MenuItem>
			</div>
		</Menu>
	);
}
