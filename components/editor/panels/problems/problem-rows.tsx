import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { type Issue, isError } from "@/server/plan/issue";
import type { NodeId, Plan } from "@/server/plan/plan";
import { planFieldLabel, stepFieldLabel } from "../changes/field-text";

interface ProblemRowsProps {
	issues: readonly Issue[];
	plan: Plan;
	selected: readonly NodeId[];
	/** Undefined where there is nothing to lead to. */
	linkOf: (issue: Issue) => (() => void) | undefined;
	/** What stands at the end of a row: its likely correction. */
	endOf?: (issue: Issue) => ReactNode;
}

/** What is wrong with a plan, a row each, errors first: they keep the plan back. A row leads to its place. */
export function ProblemRows({ issues, plan, selected, linkOf, endOf }: ProblemRowsProps) {
	const sorted = issues.toSorted((a, b) => Number(!isError(a)) - Number(!isError(b)));
	return (
		<ul className="@container">
			{sorted.map((issue) => (
				<li
					key={`${issue.nodeId} ${issue.field} ${issue.code} ${issue.message}`}
					className={cn(
						"flex min-h-8 items-center border-line-soft border-b pr-4 last:border-0 hover:bg-fill phone:min-h-11",
						issue.nodeId !== undefined && selected.includes(issue.nodeId) && "bg-fill",
					)}
				>
					<Problem issue={issue} plan={plan} onShow={linkOf(issue)} />
					{endOf?.(issue)}
				</li>
			))}
		</ul>
	);
}

interface ProblemProps {
	issue: Issue;
	plan: Plan;
	onShow: (() => void) | undefined;
}

function Problem({ issue, plan, onShow }: ProblemProps) {
	const { message, nodeId, field } = issue;
	const Icon = isError(issue) ? CircleAlert : TriangleAlert;
	const node = plan.nodes.find(({ id }) => id === nodeId);
	const look = node && describeNode(node);
	const label = field && (node ? stepFieldLabel(node.type, field) : planFieldLabel(field));
	return (
		<button
			type="button"
			disabled={!onShow}
			className="flex min-h-8 min-w-0 flex-1 items-center gap-2 pl-4 text-left phone:min-h-11"
			onClick={onShow}
		>
			<Icon
				aria-label={isError(issue) ? "Error" : "Warning"}
				className={cn("size-3.5 flex-none", isError(issue) ? "text-failed" : "text-retrying")}
			/>
			<span className="flex min-w-0 items-center gap-2 @max-lg:flex-col @max-lg:items-start @max-lg:gap-1 @max-lg:py-2">
				<span
					className="my-1 line-clamp-2 min-w-0 @max-lg:my-0 @max-lg:line-clamp-none @max-lg:[overflow-wrap:anywhere]"
					title={message}
				>
					{message}
				</span>
				{look && (
					<Chip className="max-w-50 flex-none @max-lg:max-w-full">
						<NodeIcon name={look.icon} />
						<span className="truncate">{look.title}</span>
					</Chip>
				)}
			</span>
			{label && <span className="flex-none text-12 text-ink-3 @max-lg:hidden">{label}</span>}
		</button>
	);
}
