"use client";

import { FileUp } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import type { Issue } from "@/server/plan/issue";
import { useWhyNot } from "../../shell/why-not";
import { errorIssues } from "../../trpc/error-issues";
import { errorText } from "../../trpc/error-text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FieldError } from "../../ui/forms/field";
import { Textarea } from "../../ui/forms/input";
import { SubmitButtons } from "../../ui/forms/submit-buttons";
import { ImportReport } from "./import-report";
import { useImportYaml } from "./use-import-yaml";
import { readYamlFile } from "./yaml-file";

interface ImportDialogProps {
	team: string;
	/** What was dropped or pasted to open the dialog. */
	text: string;
	/** Why a dropped file could not be read. */
	problem?: string;
	onClose: () => void;
}

/** Makes a workflow of a YAML file or a pasted text; a mistake is shown where it is. */
export function ImportDialog({ team, text: startText, problem, onClose }: ImportDialogProps) {
	const [text, setText] = useState(startText);
	const [fileError, setFileError] = useState(problem);
	const importing = useImportYaml(team);
	const whyNot = useWhyNot("workflow:edit");
	const formId = useId();
	const change = (next: string) => {
		setText(next);
		setFileError(undefined);
		importing.reset();
	};
	const choose = (file: File) => {
		readYamlFile(file).then(change, (error: Error) => setFileError(error.message));
	};
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (text.trim() !== "" && whyNot === undefined) importing.mutate({ team, yaml: text });
	};
	const busy = importing.isPending || importing.isSuccess;
	if (importing.data?.notes?.length)
		return <ImportReport team={team} imported={importing.data} notes={importing.data.notes} onClose={onClose} />;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Import a workflow"
			description="Nothing runs while it is imported. A workflow with problems comes in as a draft."
			className="w-[640px]"
			foot={
				<>
					<FileButton onChoose={choose} />
					<SubmitButtons form={formId} busy={busy} disabled={text.trim() === ""} whyNot={whyNot} onCancel={onClose}>
						Import
					</SubmitButtons>
				</>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-2">
				<Field label="YAML" hint="a .workflow.yml file, of steps or of stages, or a run’s film" error={fileError}>
					{(control) => (
						<Textarea
							{...control}
							aria-invalid={fileError || importing.error ? true : undefined}
							value={text}
							rows={14}
							wrap="off"
							spellCheck={false}
							placeholder={"version: 1\nname: Nightly report\nnodes:\n  - id: fetch\n    type: http-request"}
							className="resize-none font-mono text-12 leading-5"
							onChange={(event) => change(event.target.value)}
						/>
					)}
				</Field>
				{importing.error && (
					<ImportProblems message={errorText(importing.error)} issues={errorIssues(importing.error)} />
				)}
			</form>
		</Dialog>
	);
}

function FileButton({ onChoose }: { onChoose: (file: File) => void }) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<input
				ref={input}
				type="file"
				accept=".yml,.yaml,.html,text/yaml,application/yaml,text/html"
				hidden
				onChange={(event) => {
					const file = event.target.files?.[0];
					if (file) onChoose(file);
					event.target.value = "";
				}}
			/>
			<Button size="form" onClick={() => input.current?.click()}>
				<FileUp />
				Choose a file
			</Button>
		</>
	);
}

const SHOWN_ISSUES = 8;

/** On a low screen what is said would stand below the text, out of view. */
function showWhole(problems: HTMLElement | null): void {
	problems?.scrollIntoView?.({ block: "nearest" });
}

function ImportProblems({ message, issues }: { message: string; issues: readonly Issue[] }) {
	const hidden = issues.length - SHOWN_ISSUES;
	return (
		<div ref={showWhole} role="alert" className="grid gap-1 rounded-3 bg-failed-soft px-3 py-2.5">
			<FieldError>{message}</FieldError>
			{issues.length > 0 && (
				<ul className="grid gap-1 pl-5 text-12 text-ink-2">
					{issues.slice(0, SHOWN_ISSUES).map((issue) => (
						<li key={`${issue.nodeId} ${issue.field} ${issue.code} ${issue.message}`} className="break-words">
							{issue.message}
						</li>
					))}
					{hidden > 0 && <li>and {hidden} more</li>}
				</ul>
			)}
		</div>
	);
}
