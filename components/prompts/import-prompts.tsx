"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp, FolderUp } from "lucide-react";
import { useRef, useState } from "react";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { Dialog } from "../ui/dialog";
import { FieldError } from "../ui/forms/field";
import { GuardedButton } from "../ui/guarded";
import { readPromptFiles } from "./read-prompt-files";

type Imported = Outputs["prompts"]["importFiles"];

const OUTCOMES = { created: "new", saved: "new version", unchanged: "unchanged", refused: "not imported" } as const;

/** Takes a folder of Markdown files into the library, and says what came of each. */
export function ImportPrompts({ onClose }: { onClose: () => void }) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const whyNot = useWhyNot("prompt:edit");
	const [problem, setProblem] = useState<string>();
	const importing = useMutation(
		trpc.prompts.importFiles.mutationOptions({
			meta: { ownError: true },
			onSuccess: () => queries.invalidateQueries(trpc.prompts.pathFilter()),
		}),
	);
	const take = (files: FileList | null) => {
		setProblem(undefined);
		readPromptFiles([...(files ?? [])]).then(
			(read) => importing.mutate({ team: team.slug, files: read }),
			(error: Error) => setProblem(error.message),
		);
	};
	const error = problem ?? (importing.error && errorText(importing.error));
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Import prompts"
			description={`Markdown files with front matter, or a zip of them, ${PROMPT_LIMITS.files} at once. A known name becomes a new version; a file without a name is called as the file is.`}
			foot={
				<Button intent="ghost" size="form" className="ml-auto" onClick={onClose}>
					{importing.data ? "Done" : "Cancel"}
				</Button>
			}
		>
			<div className="grid gap-3">
				<div className="flex flex-wrap gap-2">
					<Chooser isFolder busy={importing.isPending} whyNot={whyNot} onChoose={take} />
					<Chooser busy={importing.isPending} whyNot={whyNot} onChoose={take} />
				</div>
				{error && <FieldError>{error}</FieldError>}
				{importing.data && <Results imported={importing.data} />}
			</div>
		</Dialog>
	);
}

interface ChooserProps {
	isFolder?: boolean;
	busy: boolean;
	whyNot: ReturnType<typeof useWhyNot>;
	onChoose: (files: FileList | null) => void;
}

function Chooser({ isFolder = false, busy, whyNot, onChoose }: ChooserProps) {
	const input = useRef<HTMLInputElement>(null);
	const label = isFolder ? "Choose a folder" : "Choose files";
	return (
		<>
			<input
				ref={input}
				type="file"
				aria-label={label}
				multiple
				accept=".md,.markdown,.zip,text/markdown,application/zip"
				hidden
				{...(isFolder && { webkitdirectory: "" })}
				onChange={(event) => {
					onChoose(event.target.files);
					event.target.value = "";
				}}
			/>
			<GuardedButton size="form" busy={busy} whyNot={whyNot} onClick={() => input.current?.click()}>
				{isFolder ? <FolderUp /> : <FileUp />}
				{label}
			</GuardedButton>
		</>
	);
}

function Results({ imported }: { imported: Imported }) {
	return (
		<ul aria-label="What was imported" className="grid gap-1.5">
			{imported.map(({ path, name, outcome, version, problem }) => (
				<li key={path} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
					<span className="min-w-0 truncate font-medium">{name || path}</span>
					{version !== undefined && <span className="text-ink-3 tabular-nums">v{version}</span>}
					<Chip tone={outcome === "refused" ? "bad" : outcome === "unchanged" ? "plain" : "good"}>
						{OUTCOMES[outcome]}
					</Chip>
					{problem && (
						<span className="w-full text-12 text-failed">
							{`${path}, line ${problem.line}, column ${problem.column}: ${problem.message}`}
						</span>
					)}
				</li>
			))}
		</ul>
	);
}
