import { GitMerge, type LucideIcon, Minus, Pencil, Plus } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { NodeMark } from "./draw-marks";

type MarkKind = NodeMark["kind"];

export const MARK_ICONS: Readonly<Record<MarkKind, LucideIcon>> = {
	added: Plus,
	changed: Pencil,
	removed: Minus,
	conflict: GitMerge,
};

export const MARK_LABELS: Readonly<Record<MarkKind, string>> = {
	added: "Added",
	changed: "Changed",
	removed: "Removed",
	conflict: "In conflict",
};

export const MARK_COLOURS: Readonly<Record<MarkKind, string>> = {
	added: "text-(--added)",
	changed: "text-(--changed)",
	removed: "text-(--removed)",
	conflict: "text-retrying",
};

const TILES: Readonly<Record<MarkKind, string>> = {
	added: "bg-(--added-soft)",
	changed: "bg-(--changed-soft)",
	removed: "bg-(--removed-soft)",
	conflict: "bg-retrying-soft",
};

/** The small tile at the head of a row of changes. */
export function ChangeMark({ kind }: { kind: MarkKind }) {
	const Icon = MARK_ICONS[kind];
	return (
		<span
			className={cn("grid size-[18px] flex-none place-items-center rounded-[5px]", MARK_COLOURS[kind], TILES[kind])}
		>
			<Icon aria-label={MARK_LABELS[kind]} className="size-3" strokeWidth={2.25} />
		</span>
	);
}
