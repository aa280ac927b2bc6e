"use client";

import { Info, Wrench } from "lucide-react";
import { PanelSection } from "@/components/ui/panel-section";
import { definitionOf } from "@/server/nodes/catalog";
import { useSessionState } from "../editor-session";
import { ChangeMark } from "../panels/changes/change-mark";
import { ChangeCounts } from "../panels/changes/change-summary";
import type { PlanChange } from "../panels/changes/list-changes";
import type { Round } from "./describing-state";
import type { DescribingTask } from "./use-describing";

/** What was asked, and what was done of it: a row for each step. */
export function DescribedChanges({ task: { state, changes, isWorking } }: { task: DescribingTask }) {
	const { rounds, working } = state;
	const all = working ? [...rounds, working] : rounds;
	if (all.length === 0) return <Introduction />;
	return (
		<>
			{all.map((round, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: rounds are only added
				<Asked key={index} round={round} />
			))}
			<PanelSection title="What was done" end={<ChangeCounts changes={changes} />}>
				<ul aria-live="polite" aria-busy={isWorking}>
					{changes.map((change) => (
						<Done key={change.key} change={change} />
					))}
				</ul>
				{changes.length === 0 && (
					<p className="px-4 pb-3 text-12 text-ink-3">{isWorking ? "The first step is being written…" : "Nothing."}</p>
				)}
				{all
					.flatMap(({ repairs }) => repairs)
					.map((repair) => (
						<Repair key={`${repair.attempt}${repair.problems[0]}`} problems={repair.problems} />
					))}
			</PanelSection>
			<Remarks round={all.at(-1)} />
		</>
	);
}

function Introduction() {
	return (
		<p className="px-4 pb-4 text-12 text-ink-2 leading-[18px]">
			Say in your own words what starts it, what it does one step after the other, and what happens when something
			fails. The steps appear on the canvas; nothing is kept until you say so, and nothing is published or run.
		</p>
	);
}

function Asked({ round }: { round: Round }) {
	return (
		<p className="mx-4 mb-3 max-h-40 overflow-y-auto whitespace-pre-wrap break-words rounded-3 border border-line bg-sunken px-3 py-2.5 leading-5">
			{round.text}
		</p>
	);
}

function Done({ change }: { change: PlanChange }) {
	const detail = useDetail(change);
	return (
		<li className="flex min-h-10 min-w-0 items-center gap-2.5 border-line-soft px-4 py-1 [&+li]:border-t">
			<ChangeMark kind={change.kind} />
			<span className="min-w-0 flex-1">
				<span className="block truncate font-medium leading-[18px]">{change.title}</span>
				<span className="block truncate text-12 text-ink-3" title={detail}>
					{detail}
				</span>
			</span>
		</li>
	);
}

/** `Approval, for admin`: of a new step what it is; else what changed. */
function useDetail({ of, id, kind, detail }: PlanChange): string {
	const node = useSessionState(({ proposed }) => proposed?.nodes.find((each) => each.id === id));
	const definition = of === "node" && kind === "added" && node ? definitionOf(node.type) : undefined;
	return definition && node ? `${definition.title}, ${definition.summary(node.config)}` : detail;
}

function Repair({ problems }: { problems: readonly string[] }) {
	return (
		<div className="flex gap-2.5 border-line-soft border-t px-4 py-2">
			<span className="grid size-[18px] flex-none place-items-center rounded-[5px] bg-retrying-soft text-retrying">
				<Wrench aria-hidden="true" className="size-3" />
			</span>
			<div className="min-w-0">
				<p className="font-medium leading-[18px]">
					{problems.length === 1
						? "One problem sent back for repair"
						: `${problems.length} problems sent back for repair`}
				</p>
				{problems.slice(0, 3).map((problem) => (
					<p key={problem} className="break-words text-12 text-ink-3">
						{problem}
					</p>
				))}
			</div>
		</div>
	);
}

/** What a person has to know: what the model said, and what the check still finds. */
function Remarks({ round }: { round: Round | undefined }) {
	const lines = [...(round?.notes ?? []), ...(round?.left ?? [])].slice(0, 12);
	if (lines.length === 0) return null;
	return (
		<div className="mx-4 my-3 flex gap-2.5 rounded-3 border border-line bg-page px-3 py-2.5 text-12 text-ink-2 leading-[18px]">
			<Info aria-hidden="true" className="mt-0.5 size-3.5 flex-none text-ink-3" />
			<ul className="grid min-w-0 gap-1">
				{lines.map((line, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
					<li key={index} className="break-words">
						{line}
					</li>
				))}
			</ul>
		</div>
	);
}
