import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import { TriggerIcon } from "@/components/canvas/nodes/trigger-icon";
import { useTRPC } from "@/components/trpc/client";
import { errorIssues } from "@/components/trpc/error-issues";
import { errorText } from "@/components/trpc/error-text";
import { Chip } from "@/components/ui/chip";
import { ErrorRow } from "@/components/ui/error-row";
import { FieldError } from "@/components/ui/forms/field";
import { IconTile } from "@/components/ui/icon-tile";
import { SkeletonRows } from "@/components/ui/skeleton";
import { countOf } from "@/server/nodes/summary-text";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";
import { keyOfTrigger, triggerDefinitionOf } from "@/server/triggers/catalog";
import { ChangeCounts, ChangeSummary } from "../changes/change-summary";
import type { PlanChange } from "../changes/list-changes";
import type { VersionPlan } from "../versions/use-version-plan";

/** The line above a list of the dialog. */
function Caption({ children, end }: { children: ReactNode; end?: ReactNode }) {
	return (
		<h3 className="flex items-center gap-2 font-medium text-12 text-ink-2">
			{children}
			{end && <span className="ml-auto font-normal text-ink-3">{end}</span>}
		</h3>
	);
}

interface DifferenceProps {
	version: number;
	published: VersionPlan;
	/** Nothing until the published version is read. */
	changes: readonly PlanChange[] | undefined;
	onCompare?: () => void;
}

/** What the draft does differently from the published version. */
export function Difference({ version, published, changes, onCompare }: DifferenceProps) {
	if (published.error && !changes) {
		return (
			<ErrorRow onRetry={published.retry} busy={published.isFetching} className="rounded-3 border border-line">
				{errorText(published.error)}
			</ErrorRow>
		);
	}
	if (changes?.length === 0) {
		return <p className="text-ink-2">The draft does what v{version} does. There is nothing to publish.</p>;
	}
	return (
		<section className="grid gap-1.5">
			<Caption
				end={
					onCompare && (
						<button type="button" className="text-accent hover:underline" onClick={onCompare}>
							See it on the canvas
						</button>
					)
				}
			>
				Since v{version}
				{changes && <ChangeCounts changes={changes} />}
			</Caption>
			{changes ? (
				<ChangeSummary changes={changes} />
			) : (
				<SkeletonRows rows={3} label="Comparing with the published version" rowClassName="h-9" />
			)}
		</section>
	);
}

interface TriggersProps {
	plan: Plan;
	/** The published plan. */
	before: Plan | undefined;
	version: number;
}

/** What will start runs from then on. */
export function Triggers({ plan, before, version }: TriggersProps) {
	return (
		<section className="grid gap-1.5">
			<Caption end={`from the moment v${version} is published`}>Triggers</Caption>
			<ul className="rounded-3 border border-line">
				{plan.triggers.map((trigger) => {
					const definition = triggerDefinitionOf(trigger.type);
					const isOld = before?.triggers.some((other) => isSameJson(other, trigger)) ?? false;
					return (
						<li
							key={keyOfTrigger(trigger)}
							className="flex h-9 items-center gap-2.5 border-line-soft px-3 [&+li]:border-t"
						>
							<IconTile category="trigger" size="small">
								<TriggerIcon type={trigger.type} />
							</IconTile>
							<span className="font-medium">{definition?.title}</span>
							<span className="truncate font-mono text-11 text-ink-3">
								{definition?.summary(trigger, plan.inputs.length)}
							</span>
							<span className="ml-auto text-12 text-ink-3">{isOld ? "as before" : <Chip tone="accent">new</Chip>}</span>
						</li>
					);
				})}
			</ul>
		</section>
	);
}

interface RunsUnderWayProps {
	team: string;
	slug: string;
	version: number;
}

/** Runs keep the plan they started with. */
export function RunsUnderWay({ team, slug, version }: RunsUnderWayProps) {
	const trpc = useTRPC();
	const { data } = useQuery(trpc.runs.list.queryOptions({ team, slug, limit: 50 }));
	const count = data?.items.filter((run) => run.endedAt === null && run.version === version).length ?? 0;
	if (count === 0) return null;
	return (
		<p className="flex gap-2 text-12 text-ink-2">
			<Info aria-hidden="true" className="mt-px size-3.5 flex-none text-ink-3" />
			{countOf(count, "run")} that {count === 1 ? "has" : "have"} started {count === 1 ? "keeps" : "keep"} v{version}.
		</p>
	);
}

interface RefusalProps {
	problems: readonly Issue[];
	onShow: (issue: Issue) => void;
}

const SHOWN = 6;

/** A plan with errors is never published: what they are, each leading to its place. */
export function Refusal({ problems, onShow }: RefusalProps) {
	const hidden = problems.length - SHOWN;
	return (
		<section role="alert" className="rounded-3 bg-failed-soft px-3 py-2.5">
			<FieldError>
				{countOf(problems.length, "problem")} {problems.length === 1 ? "keeps" : "keep"} this draft from being
				published.
			</FieldError>
			<ul className="mt-1 grid pl-5 text-12">
				{problems.slice(0, SHOWN).map((issue) => (
					<li key={`${issue.nodeId} ${issue.field} ${issue.code} ${issue.message}`}>
						<button
							type="button"
							className="block w-full break-words py-0.5 text-left text-ink-2 hover:text-ink hover:underline phone:py-2.5"
							onClick={() => onShow(issue)}
						>
							{issue.message}
						</button>
					</li>
				))}
				{hidden > 0 && <li className="py-0.5 text-ink-3">and {hidden} more</li>}
			</ul>
		</section>
	);
}

/** Why the server did not publish it, with the problems that it found. */
export function Failure({ error }: { error: unknown }) {
	const issues = errorIssues(error);
	return (
		<div role="alert" className="grid gap-1">
			<FieldError>{errorText(error)}</FieldError>
			{issues.slice(0, SHOWN).map((issue) => (
				<span key={`${issue.nodeId} ${issue.message}`} className="break-words pl-5 text-12 text-ink-2">
					{issue.message}
				</span>
			))}
		</div>
	);
}

export function Verdict({ steps, problems }: { steps: number; problems: number }) {
	const Icon = problems > 0 ? CircleAlert : CircleCheck;
	const found = problems > 0 ? countOf(problems, "problem") : "no problems";
	return (
		<span className="flex min-w-0 items-center gap-2 text-12 text-ink-2 phone:basis-full">
			<Icon
				aria-hidden="true"
				className={problems > 0 ? "size-3.5 flex-none text-failed" : "size-3.5 flex-none text-completed"}
			/>
			<span className="truncate">
				{steps === 0 ? "No steps yet: add one first" : `${countOf(steps, "step")} checked, ${found}`}
			</span>
		</span>
	);
}
