import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";

/** Issues that are shown; further ones are counted. */
const SHOWN = 4;

interface WarningListProps {
	plan: Plan;
	issues: readonly Issue[];
	/** Leads to the place of one. */
	onShow: (issue: Issue) => void;
	/** What they have in common, in a sentence or two. */
	children: ReactNode;
}

/** Places of a plan that somebody should know of before it is published. */
export function WarningList({ plan, issues, onShow, children }: WarningListProps) {
	const nameOf = ({ nodeId, field }: Issue) => plan.nodes.find(({ id }) => id === nodeId)?.name ?? field;
	const hidden = issues.length - SHOWN;
	return (
		<section role="alert" className="rounded-3 bg-retrying-soft px-3 py-2.5 text-12">
			<p className="flex gap-1.5 text-retrying">
				<TriangleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
				<span className="min-w-0">{children}</span>
			</p>
			<ul className="mt-1 grid pl-5">
				{issues.slice(0, SHOWN).map((issue, at) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: two at one field have the same words
					<li key={at}>
						<button
							type="button"
							className="block w-full truncate py-0.5 text-left text-ink-2 hover:text-ink hover:underline phone:py-2.5"
							onClick={() => onShow(issue)}
						>
							{nameOf(issue)}: {issue.field}
						</button>
					</li>
				))}
				{hidden > 0 && <li className="py-0.5 text-ink-3">and {hidden} more</li>}
			</ul>
		</section>
	);
}
