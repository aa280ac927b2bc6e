"use client";

import { useMemo } from "react";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import { SkeletonRows } from "@/components/ui/skeleton";
import { countOf } from "@/server/nodes/summary-text";
import type { Plan } from "@/server/plan/plan";
import { stringifyWorkflow } from "@/server/plan/yaml/plan-yaml";
import { useEditorStore } from "../../editor-store";
import { ChangeList } from "../changes/change-list";
import { MarkedCanvas } from "../changes/marked-canvas";
import { revertChange } from "../changes/revert-change";
import type { EditorView } from "../view-switch";
import { ChangeDetails } from "./change-details";
import { useComparison } from "./use-comparison";
import type { YamlDiffProps } from "./yaml-diff";

const yamlDiff: LargePart<YamlDiffProps> = {
	load: () => import("./yaml-diff").then((module) => module.YamlDiff),
	name: "The text editor",
};

interface ComparisonProps {
	before: Plan;
	after: Plan;
	/** What is compared with can still be changed. */
	isDraft: boolean;
	view: EditorView;
	names: { slug: string; name: string };
}

/** What changed between two plans: a list, both on one canvas or as YAML, and the chosen change in full. */
export function Comparison({ before, after, isDraft, view, names }: ComparisonProps) {
	const editor = useEditorStore();
	const { changes, marks, moved, current, select, selectNode, step } = useComparison(before, after);
	const undo = () => {
		if (current)
			editor.getState().apply(`Undo the change of ${current.title}`, (plan) => revertChange(plan, before, current));
	};
	return (
		<div className="grid min-h-0 grid-cols-[240px_minmax(0,1fr)_auto] phone:grid-cols-1 phone:grid-rows-[160px_minmax(0,1fr)_auto]">
			<aside
				aria-label="Changes"
				className="min-h-0 overflow-y-auto border-line border-r bg-panel phone:order-last phone:max-h-60"
			>
				<ChangeList title="Changes" changes={changes} selected={current?.key} onSelect={select} />
				{changes.length === 0 && <p className="px-4 pb-3 text-12 text-ink-3">Both do the same.</p>}
				{moved > 0 && <MovedOnly steps={moved} />}
			</aside>
			<main className="min-h-0 min-w-0">
				{view === "canvas" ? (
					<MarkedCanvas
						before={before}
						after={after}
						marks={marks}
						selected={current?.of === "node" ? current.id : null}
						onSelect={selectNode}
						label="Both versions"
					/>
				) : (
					<TextComparison before={before} after={after} names={names} />
				)}
			</main>
			{current ? (
				<div className="grid w-80 min-w-0 phone:w-auto">
					<ChangeDetails
						change={current}
						before={before}
						after={after}
						onStep={step}
						{...(isDraft && { onUndo: undo })}
					/>
				</div>
			) : null}
		</div>
	);
}

/** How many steps only stand elsewhere. */
function MovedOnly({ steps }: { steps: number }) {
	const isOne = steps === 1;
	return (
		<section className="px-4 pt-3 pb-4 text-12 text-ink-3">
			<h3 className="flex h-8 items-center font-semibold text-ink">Moved only</h3>
			{countOf(steps, "step")} {isOne ? "stands" : "stand"} elsewhere. Moving is no new version: the canvas shows where{" "}
			{isOne ? "it is" : "they are"} now.
		</section>
	);
}

type TextComparisonProps = Pick<ComparisonProps, "before" | "after" | "names">;

function TextComparison({ before, after, names }: TextComparisonProps) {
	const { slug, name } = names;
	const [old, now] = useMemo(
		() => [before, after].map((plan) => stringifyWorkflow({ slug, name, description: "", plan: withoutPlaces(plan) })),
		[before, after, slug, name],
	);
	const props = { before: old ?? "", after: now ?? "", label: "Both versions as YAML" };
	return <LazyPart part={yamlDiff} props={props} loading={<SkeletonRows rows={8} label="Loading the YAML" />} />;
}

/** Where things stand is no difference between versions. */
function withoutPlaces(plan: Plan): Plan {
	return { ...plan, nodes: plan.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })) };
}
