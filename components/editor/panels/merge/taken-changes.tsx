import { type ReactNode, useId } from "react";
import { Badge } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { Checkbox } from "@/components/ui/forms/toggles";
import { ChangeMark } from "../changes/change-mark";
import type { PlanChange } from "../changes/list-changes";

interface TakenChangesProps {
	title: string;
	/** Whose changes these are. */
	face: ReactNode;
	/** Since when, or when they were saved. */
	when?: string;
	changes: readonly PlanChange[];
	/** The changes that are not taken. */
	left: ReadonlySet<string>;
	selected: string | null;
	onTake: (key: string, isTaken: boolean) => void;
	onSelect: (change: PlanChange) => void;
}

/** One side's changes that fit, each to be taken or not. */
export function TakenChanges({ title, face, when, changes, left, selected, onTake, onSelect }: TakenChangesProps) {
	if (changes.length === 0) return null;
	return (
		<section aria-label={title} className="border-line border-t">
			<h3 className="flex h-10 items-center gap-1.5 px-4 font-semibold text-12">
				{face}
				{title}
				<Badge>{changes.length}</Badge>
				{when && <span className="ml-auto font-normal text-ink-3">{when}</span>}
			</h3>
			<ul>
				{changes.map((change) => (
					<ChangeRow
						key={change.key}
						change={change}
						isTaken={!left.has(change.key)}
						isSelected={change.of === "node" && change.id === selected}
						onTake={(isTaken) => onTake(change.key, isTaken)}
						onSelect={() => onSelect(change)}
					/>
				))}
			</ul>
		</section>
	);
}

interface ChangeRowProps {
	change: PlanChange;
	isTaken: boolean;
	isSelected: boolean;
	onTake: (isTaken: boolean) => void;
	onSelect: () => void;
}

function ChangeRow({ change, isTaken, isSelected, onTake, onSelect }: ChangeRowProps) {
	const id = useId();
	return (
		<li
			className={cn(
				"flex min-h-11 items-center gap-2.5 border-line-soft border-b px-4 py-1",
				isSelected && "bg-fill",
				!isTaken && "[&_.taken]:text-ink-3 [&_.taken]:line-through",
			)}
		>
			<ChangeMark kind={change.kind} />
			<button type="button" className="min-w-0 flex-1 text-left" onClick={onSelect}>
				<span id={id} className="taken block truncate font-medium">
					{change.title}
				</span>
				<span className="block truncate text-12 text-ink-3" title={change.detail}>
					{change.detail}
				</span>
			</button>
			<Checkbox aria-labelledby={id} checked={isTaken} onCheckedChange={(checked) => onTake(checked === true)} />
		</li>
	);
}
