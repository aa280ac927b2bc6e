import { cn } from "@/components/ui/class-names";
import { lowerFirst } from "@/server/plan/values/lower-first";
import { ChangeMark, MARK_COLOURS } from "./change-mark";
import { countChanges, type PlanChange } from "./list-changes";

/** `2 added  1 changed  1 removed`, each in its colour. */
export function ChangeCounts({ changes }: { changes: readonly PlanChange[] }) {
	return countChanges(changes).map(({ kind, count }) => (
		<span key={kind} className={cn("font-normal tabular-nums", MARK_COLOURS[kind])}>
			{count} {kind}
		</span>
	));
}

/** What changed, a line each: for dialogs. */
export function ChangeSummary({ changes }: { changes: readonly PlanChange[] }) {
	return (
		<ul className="max-h-55 overflow-y-auto rounded-3 border border-line">
			{changes.map(({ key, kind, title, detail }) => (
				<li
					key={key}
					className="flex min-h-9 min-w-0 items-center gap-2.5 py-0.5 border-line-soft px-3 [&+li]:border-t"
				>
					<ChangeMark kind={kind} />
					<span className="max-w-[60%] flex-none truncate font-medium">{title}</span>
					<span className="ml-auto line-clamp-3 min-w-0 text-12 text-ink-3 [overflow-wrap:anywhere]" title={detail}>
						{lowerFirst(detail)}
					</span>
				</li>
			))}
		</ul>
	);
}
