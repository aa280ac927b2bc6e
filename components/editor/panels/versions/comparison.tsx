"use client";

import { useMemo } from "react";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Plan } from "@/server/plan/plan";
import { stringifyWorkflow } from "@/server/plan/yaml/plan-yaml";
import { useEditorStore } from "../../editor-store";
import type { PlanChange } from "../changes/list-changes";
import { PlanChanges } from "../changes/plan-changes";
import { revertChange } from "../changes/revert-change";
import type { EditorView } from "../view-switch";
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

/** What changed between two versions of a workflow, on the canvas or as YAML. */
export function Comparison({ before, after, isDraft, view, names }: ComparisonProps) {
	const editor = useEditorStore();
	const undo = (change: PlanChange) =>
		editor.getState().apply(`Undo the change of ${change.title}`, (plan) => revertChange(plan, before, change));
	const text = view === "yaml" ? <TextComparison before={before} after={after} names={names} /> : undefined;
	return (
		<main className="min-h-0">
			<PlanChanges before={before} after={after} text={text} onUndo={isDraft ? undo : undefined} />
		</main>
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
