"use client";

import { ChevronDown, ChevronRight, GripVertical } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { SearchInput } from "@/components/ui/forms/search-input";
import { IconTile } from "@/components/ui/icon-tile";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { catalog, type NodeType } from "@/server/nodes/catalog";
import type { NodeCategory } from "@/server/plan/node-definition";
import { DescribeButton } from "../describe/describe-button";
import { MarkedText } from "../search/marked-text";
import { findMarks } from "../search/match-search";
import { findTypes } from "./find-types";
import { PaletteGhost } from "./palette-ghost";
import { CATEGORIES, STEP_TYPES } from "./suggest-next";
import { useAddFromPalette } from "./use-add-from-palette";
import { usePaletteDrag } from "./use-palette-drag";

/** Every type of step by category: dragged onto the canvas, clicked, or chosen with the keyboard. */
export function Palette() {
	const [search, setSearch] = useState("");
	const [closed, setClosed] = useState<readonly Section["category"][]>([]);
	const list = useRef<HTMLDivElement>(null);
	const shown = sectionsFor(search);
	return (
		<nav aria-label="Steps" className="flex h-full min-h-0 flex-col px-2 py-2.5">
			<SearchInput
				label="Find a step"
				data-palette-search=""
				end={search === "" && <Kbd>/</Kbd>}
				boxClassName="mx-0.5 mb-2 flex-none"
				value={search}
				onSearch={setSearch}
				onKeyDown={(event) => {
					if (event.key === "Escape") setSearch("");
					if (event.key === "ArrowDown" || event.key === "Enter") moveIn(list.current, event, 0);
				}}
			/>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus between the buttons inside */}
			<div ref={list} className="min-h-0 flex-1 overflow-y-auto" onKeyDown={(event) => moveBy(list.current, event)}>
				{shown.map(({ category, title, types }) => (
					<Category
						key={category}
						title={title}
						types={types}
						search={search}
						open={search !== "" || !closed.includes(category)}
						onToggle={() =>
							setClosed(closed.includes(category) ? closed.filter((one) => one !== category) : [...closed, category])
						}
					/>
				))}
				{shown.length === 0 && <p className="px-2 py-3 text-12 text-ink-3">No step matches “{search}”.</p>}
			</div>
			<DescribeButton />
		</nav>
	);
}

interface Section {
	/** A stable key, so that a collapsed section stays collapsed. */
	category: NodeCategory | "found";
	title: string;
	types: readonly NodeType[];
}

/** By category; of a search all in one, the likeliest first. */
function sectionsFor(search: string): Section[] {
	const found = findTypes(search);
	if (search.trim() !== "") return found.length === 0 ? [] : [{ category: "found", title: "Matches", types: found }];
	return CATEGORIES.map(({ category, title }) => ({
		category,
		title,
		types: STEP_TYPES.filter((type) => catalog[type].category === category),
	})).filter(({ types }) => types.length > 0);
}

interface CategoryProps {
	title: string;
	types: readonly NodeType[];
	search: string;
	open: boolean;
	onToggle: () => void;
}

function Category({ title, types, search, open, onToggle }: CategoryProps) {
	const Icon = open ? ChevronDown : ChevronRight;
	return (
		<section aria-label={title}>
			<button
				type="button"
				aria-expanded={open}
				className="flex h-7 w-full items-center gap-1.5 rounded-2 px-1.5 font-medium text-11 text-ink-3 hover:text-ink"
				onClick={onToggle}
			>
				<Icon aria-hidden="true" className="size-3" />
				{title}
				<span className="ml-auto tabular-nums">{types.length}</span>
			</button>
			{open && types.map((type) => <PaletteItem key={type} type={type} search={search} />)}
		</section>
	);
}

function PaletteItem({ type, search }: { type: NodeType; search: string }) {
	const { title, description, icon, category } = catalog[type];
	const { ghost, wasDragged, handlers } = usePaletteDrag(type);
	const add = useAddFromPalette();
	const [isExplained, setExplained] = useState(false);
	return (
		<>
			<Tooltip label={description} side="right" open={isExplained && !ghost} onOpenChange={setExplained}>
				<button
					type="button"
					data-palette-item={type}
					className="group flex h-7 w-full touch-none select-none items-center gap-2 whitespace-nowrap rounded-2 px-1.5 hover:bg-fill data-dragged:opacity-50"
					data-dragged={ghost ? "" : undefined}
					{...handlers}
					onClick={() => !wasDragged() && add(type)}
				>
					<IconTile category={category} size="small">
						<NodeIcon name={icon} />
					</IconTile>
					<span className="min-w-0 truncate">
						<MarkedText text={title} marks={findMarks(title, search)} />
					</span>
					<GripVertical
						aria-hidden="true"
						className="ml-auto size-3.5 flex-none text-ink-3 opacity-0 group-hover:opacity-100"
					/>
				</button>
			</Tooltip>
			{ghost && <PaletteGhost ghost={ghost} />}
		</>
	);
}

/** Up and down lead through the steps, and up from the first one back into the search. */
function moveBy(list: HTMLElement | null, event: KeyboardEvent): void {
	const items = [...(list?.querySelectorAll("[data-palette-item]") ?? [])];
	const focused = document.activeElement;
	if (!focused) return;
	const at = items.indexOf(focused);
	if (at < 0 || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
	event.preventDefault();
	const next = items[at + (event.key === "ArrowDown" ? 1 : -1)];
	if (next instanceof HTMLElement) next.focus();
	else if (event.key === "ArrowUp") document.querySelector<HTMLElement>("[data-palette-search]")?.focus();
}

function moveIn(list: HTMLElement | null, event: KeyboardEvent, index: number): void {
	const items = list?.querySelectorAll<HTMLElement>("[data-palette-item]");
	if (!items?.[index]) return;
	event.preventDefault();
	items[index].focus();
}
