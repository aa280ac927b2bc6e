import { cn } from "@/components/ui/class-names";
import { countOf } from "@/server/nodes/summary-text";
import { ChangeMark } from "../changes/change-mark";
import type { PlanChange } from "../changes/list-changes";

interface ChangeListProps {
	changes: readonly PlanChange[];
	/** How many steps only stand elsewhere. */
	moved: number;
	selected: string | undefined;
	onSelect: (change: PlanChange) => void;
}

/** Everything that two plans do differently, a row each. */
export function ChangeList({ changes, moved, selected, onSelect }: ChangeListProps) {
	return (
		<div className="min-h-0 flex-1 overflow-y-auto">
			<h2 className="flex h-8 items-center px-4 font-semibold text-12">
				Changes
				<span className="ml-auto font-normal text-ink-3 tabular-nums">{changes.length}</span>
			</h2>
			{changes.length === 0 ? (
				<p className="px-4 pb-3 text-12 text-ink-3">Both do the same.</p>
			) : (
				<ul className="border-line-soft border-t">
					{changes.map((change) => (
						<li key={change.key} className="border-line-soft border-b">
							<button
								type="button"
								aria-pressed={change.key === selected}
								className={cn(
									"flex min-h-11 w-full items-center gap-2.5 px-4 py-1 text-left hover:bg-fill",
									change.key === selected && "bg-fill",
								)}
								onClick={() => onSelect(change)}
							>
								<ChangeMark kind={change.kind} />
								<span className="min-w-0">
									<span className="block truncate font-medium">{change.title}</span>
									<span className="block truncate text-12 text-ink-3" title={change.detail}>
										{change.detail}
									</span>
								</span>
							</button>
						</li>
					))}
				</ul>
			)}
			{moved > 0 && (
				<section className="px-4 pt-3 pb-4 text-12 text-ink-3">
					<h3 className="flex h-8 items-center font-semibold text-ink">Moved only</h3>
					{countOf(moved, "step")} {moved === 1 ? "stands" : "stand"} elsewhere. Moving is no new version: the canvas
					shows where {moved === 1 ? "it is" : "they are"} now.
				</section>
			)}
		</div>
	);
}
