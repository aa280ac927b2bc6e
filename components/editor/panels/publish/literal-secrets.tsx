import { TriangleAlert } from "lucide-react";
import { countOf } from "@/server/nodes/summary-text";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";

/** Issues that are shown; further ones are counted. */
const SHOWN = 4;

interface LiteralSecretsProps {
	plan: Plan;
	issues: readonly Issue[];
	/** Leads to the place of one. */
	onShow: (issue: Issue) => void;
}

/** Texts in a plan that look like secrets: every version keeps them for good. */
export function LiteralSecrets({ plan, issues, onShow }: LiteralSecretsProps) {
	const nameOf = ({ nodeId, field }: Issue) => plan.nodes.find(({ id }) => id === nodeId)?.name ?? field;
	const hidden = issues.length - SHOWN;
	return (
		<section role="alert" className="rounded-3 bg-retrying-soft px-3 py-2.5 text-12">
			<p className="flex gap-1.5 text-retrying">
				<TriangleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
				{countOf(issues.length, "value")} {issues.length === 1 ? "looks" : "look"} like a secret. A version keeps it,
				for everybody who sees the workflow.
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
