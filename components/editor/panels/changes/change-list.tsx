import { type ReactNode, useId } from "react";
import { Badge } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { Checkbox } from "@/components/ui/forms/toggles";
import { ChangeMark } from "./change-mark";
import type { PlanChange } from "./list-changes";

/** Which changes of a list are taken. */
interface Taking {
	/** The keys of those that are not. */
	left: ReadonlySet<string>;
	onTake: (key: string, isTaken: boolean) => void;
}

interface ChangeListProps {
	title: string;
	/** Whose changes these are. */
	face?: ReactNode;
	/** At the right of the title. */
	end?: ReactNode;
	changes: readonly PlanChange[];
	/** The key of the change that is looked at. */
	selected: string | undefined;
	onSelect: (change: PlanChange) => void;
	/** Where each change can be left out. */
	taking?: Taking;
}

/** Changes of a plan, a row each: of a version, or of one side of a merge. */
export function ChangeList({ title, face, end, changes, selected, onSelect, taking }: ChangeListProps) {
	return (
		<section aria-label={title}>
			<h3 className="flex h-10 items-center gap-1.5 px-4 font-semibold text-12">
				{face}
				{title}
				<Badge>{changes.length}</Badge>
				{end && <span className="ml-auto font-normal text-ink-3">{end}</span>}
			</h3>
			<ul className="border-line-soft border-t empty:border-0">
				{changes.map((change) => (
					<ChangeRow
						key={change.key}
						change={change}
						isSelected={change.key === selected}
						onSelect={() => onSelect(change)}
						taking={taking}
					/>
				))}
			</ul>
		</section>
	);
}

interface ChangeRowProps {
	change: PlanChange;
	isSelected: boolean;
	onSelect: () => void;
	taking: Taking | undefined;
}

function ChangeRow({ change: { key, kind, title, detail }, isSelected, onSelect, taking }: ChangeRowProps) {
	const id = useId();
	const isTaken = !taking?.left.has(key);
	return (
		<li
			className={cn(
				"flex min-h-11 items-center gap-2.5 border-line-soft border-b px-4 py-1 hover:bg-fill",
				isSelected && "bg-fill",
			)}
		>
			<ChangeMark kind={kind} />
			<button type="button" aria-pressed={isSelected} className="min-h-9 min-w-0 flex-1 text-left" onClick={onSelect}>
				<span id={id} className={cn("block truncate font-medium", !isTaken && "text-ink-3 line-through")}>
					{title}
				</span>
				<span className="block truncate text-12 text-ink-3" title={detail}>
					{detail}
				</span>
			</button>
			{taking && (
				<Checkbox
					aria-labelledby={id}
					checked={isTaken}
					onCheckedChange={(checked) => taking.onTake(key, checked === true)}
				/>
			)}
		</li>
	);
}
