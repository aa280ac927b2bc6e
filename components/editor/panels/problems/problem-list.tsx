"use client";

import { CircleCheck } from "lucide-react";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { useSessionState } from "../../editor-session";
import { useEditor, useEditorStore } from "../../editor-store";
import { findFix } from "./fix-issue";
import { ProblemRows } from "./problem-rows";

/** The problems of the draft: a row leads to its place, and makes the likely correction. */
export function ProblemList({ onShow }: { onShow: (issue: Issue) => void }) {
	const hasProblems = useSessionState(({ issues }) => issues.length > 0);
	return hasProblems ? <Problems onShow={onShow} /> : <NoProblems />;
}

function NoProblems() {
	const isEmpty = useEditor(({ plan }) => plan.nodes.length === 0);
	return (
		<p className="flex h-8 items-center gap-2 px-4 text-ink-2">
			<CircleCheck aria-hidden="true" className="size-3.5 text-completed" />
			{isEmpty ? "No steps yet. Problems will appear here." : "No problems. This draft can be published."}
		</p>
	);
}

function Problems({ onShow }: { onShow: (issue: Issue) => void }) {
	const issues = useSessionState((state) => state.issues);
	const selected = useEditor((state) => state.selection.nodes);
	const plan = useEditor((state) => state.plan);
	return (
		<ProblemRows
			issues={issues}
			plan={plan}
			selected={selected}
			linkOf={(issue) => () => onShow(issue)}
			endOf={(issue) => <FixButton issue={issue} plan={plan} />}
		/>
	);
}

function FixButton({ issue, plan }: { issue: Issue; plan: Plan }) {
	const editor = useEditorStore();
	const fix = findFix(plan, issue);
	if (!fix) return null;
	return (
		<button
			type="button"
			className="ml-3 max-w-60 flex-none truncate font-medium text-12 text-accent hover:underline phone:min-h-11"
			onClick={() => editor.getState().apply(fix.label, (before) => findFix(before, issue)?.plan ?? before)}
		>
			{fix.label}
		</button>
	);
}
