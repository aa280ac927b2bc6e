"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import type { Issue } from "@/server/plan/issue";
import { useEditor, useEditorStore } from "../../editor-store";
import { findFix } from "../../panels/problems/fix-issue";
import { AddMissingFix } from "../credentials/add-missing-fix";
import { FixButton } from "../credentials/fix-button";
import { MoveSecretFix } from "../credentials/move-secret-fix";

interface FieldIssuesProps {
	issues: readonly Issue[];
	/** Makes the change that an issue suggests; undefined where the field cannot. */
	onFix?: ((issue: Issue) => void) | undefined;
}

/** Makes a step that is read too early come before, where it can. */
function ConnectFix({ issue }: { issue: Issue }) {
	const store = useEditorStore();
	const label = useEditor(({ plan }) => findFix(plan, issue)?.label);
	if (label === undefined) return null;
	const fix = () => store.getState().apply(label, (plan) => findFix(plan, issue)?.plan ?? plan);
	return <FixButton onClick={fix}>{label}</FixButton>;
}

/** What is wrong with a field, below it, with the likely fix at hand. */
export function FieldIssues({ issues, onFix }: FieldIssuesProps) {
	return issues.map((issue) => {
		const isError = issue.severity === "error";
		const Icon = isError ? CircleAlert : TriangleAlert;
		return (
			<span
				key={`${issue.field} ${issue.message}`}
				className={`flex gap-1.5 text-12 ${isError ? "text-failed" : "text-retrying"}`}
			>
				<Icon aria-label={isError ? "Error" : "Warning"} className="mt-px size-3.5 flex-none" />
				<span className="min-w-0 [overflow-wrap:anywhere]">
					{issue.message}
					{issue.suggestion !== undefined && onFix && (
						<>
							{" Did you mean "}
							<button
								type="button"
								className="font-mono text-11 text-accent hover:underline phone:min-h-11"
								onClick={() => onFix(issue)}
							>
								{issue.suggestion}
							</button>
							?
						</>
					)}
					{issue.needs !== undefined && <ConnectFix issue={issue} />}
					{issue.credential !== undefined && <AddMissingFix name={issue.credential} />}
					{issue.code === "literal_secret" && <MoveSecretFix issue={issue} />}
				</span>
			</span>
		);
	});
}
