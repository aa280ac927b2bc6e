"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, Ellipsis, FileDown, PencilLine, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { renamePromptFile } from "@/server/plan/yaml/prompt-file";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Chip } from "../ui/chip";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { FieldError } from "../ui/forms/field";
import { GuardedButton } from "../ui/guarded";
import { GuardedMenuItem } from "../ui/guarded-menu-item";
import { IconButton } from "../ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu";
import { showDone } from "../ui/toasts/toaster";
import { downloadText } from "../workflows/yaml/download-text";
import { RenamePrompt } from "./rename-prompt";
import { SavePrompt } from "./save-prompt";
import type { PromptCases } from "./use-prompt-cases";
import type { PromptTesting } from "./use-prompt-test";
import type { Prompt, PromptWork } from "./use-prompt-work";

interface PromptBarProps {
	team: string;
	prompt: Prompt;
	work: PromptWork;
	test: PromptTesting;
	tests: PromptCases;
	saving: boolean;
	onSaving: (saving: boolean) => void;
}

/** What the prompt is called, how its draft stands, and what can be done with it. */
export function PromptBar({ team, prompt, work, test, tests, saving, onSaving }: PromptBarProps) {
	const whyNot = useWhyNot("prompt:edit");
	const problem = work.problems[0] && `Line ${work.problems[0].line}: ${work.problems[0].message}`;
	const unchanged = work.isChanged ? undefined : "Nothing has changed since the last version.";
	const wrongSample = work.wrongSamples[0] && `Sample data: ${work.wrongSamples[0].message}`;
	const run = () => test.start({ text: work.text, variables: work.values });
	return (
		<header className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
			<IconButton label="All prompts" asChild className="hidden phone:inline-grid">
				<Link href={`/${team}/prompts`}>
					<ArrowLeft />
				</Link>
			</IconButton>
			<h2 className="min-w-0 truncate text-15">{prompt.name}</h2>
			<Chip tone="line">v{prompt.version} in use</Chip>
			{work.isChanged && (
				<span className="flex items-center gap-1.5 text-12 text-ink-2">
					<PencilLine aria-hidden="true" className="size-3.5" />
					Draft, kept in this browser
				</span>
			)}
			<span className="ml-auto flex items-center gap-2">
				<PromptMenu {...{ team, prompt, work }} />
				<GuardedButton whyNot={whyNot ?? problem ?? wrongSample} busy={test.isRunning} onClick={run}>
					<Play />
					Test run
				</GuardedButton>
				<GuardedButton intent="primary" whyNot={whyNot ?? problem ?? unchanged} onClick={() => onSaving(true)}>
					{`Save as v${prompt.version + 1}`}
				</GuardedButton>
			</span>
			{saving && <SavePrompt {...{ team, prompt, work, tests }} onClose={() => onSaving(false)} />}
		</header>
	);
}

function PromptMenu({ team, prompt, work }: Pick<PromptBarProps, "team" | "prompt" | "work">) {
	const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
	const whyNot = useWhyNot("prompt:edit");
	const close = () => setAsking(null);
	return (
		<>
			<Menu
				trigger={
					<IconButton label={`More about ${prompt.name}`}>
						<Ellipsis />
					</IconButton>
				}
			>
				<GuardedMenuItem whyNot={whyNot} onSelect={() => setAsking("rename")}>
					<PencilLine />
					Rename
				</GuardedMenuItem>
				<MenuItem onSelect={() => downloadText(`${prompt.name}.md`, work.text, "text/markdown")}>
					<FileDown />
					Export file
				</MenuItem>
				<MenuSeparator />
				<GuardedMenuItem danger whyNot={whyNot} onSelect={() => setAsking("delete")}>
					<Trash2 />
					Delete
				</GuardedMenuItem>
			</Menu>
			{asking === "rename" && (
				<RenamePrompt
					name={prompt.name}
					onRename={(name) => work.replace(renamePromptFile(work.text, name))}
					onClose={close}
				/>
			)}
			{asking === "delete" && <DeletePrompt team={team} prompt={prompt} onClose={close} />}
		</>
	);
}

function DeletePrompt({ team, prompt, onClose }: { team: string; prompt: Prompt; onClose: () => void }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	const whyNot = useWhyNot("prompt:edit");
	const remove = useMutation(
		trpc.prompts.remove.mutationOptions({
			meta: { ownError: true },
			onSuccess: () => {
				showDone(`${prompt.name} is deleted`);
				router.push(`/${team}/prompts`);
				return queries.invalidateQueries(trpc.prompts.list.pathFilter());
			},
		}),
	);
	const users = prompt.usedBy.map(({ workflow }) => workflow);
	return (
		<ConfirmDialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Delete ${prompt.name}?`}
			action="Delete prompt"
			danger
			busy={remove.isPending}
			whyNot={whyNot}
			onConfirm={() => remove.mutate({ team, prompt: prompt.name })}
		>
			{users.length === 0
				? "No workflow uses it. Runs that have used it keep its text."
				: `${users.slice(0, 5).join(", ")}${users.length > 5 ? ` and ${users.length - 5} more` : ""} use it: their steps fail from now on until they name another prompt. Runs that have begun go on.`}
			{remove.error && <FieldError>{errorText(remove.error)}</FieldError>}
		</ConfirmDialog>
	);
}
