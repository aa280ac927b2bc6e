"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Download, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { countOf } from "@/server/nodes/summary-text";
import { findLiteralSecrets } from "@/server/plan/validate/find-literal-secrets";
import { useTRPC } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";
import { Button } from "../../ui/button";
import { writeClipboard } from "../../ui/clipboard";
import { Dialog } from "../../ui/dialog";
import { FieldError } from "../../ui/forms/field";
import { Segmented } from "../../ui/forms/segmented";
import { showDone } from "../../ui/toasts/toaster";
import { downloadText } from "./download-text";

interface ExportDialogProps {
	team: string;
	workflow: {
		slug: string;
		name: string;
		/** The published version, null until the first. */
		version: number | null;
	};
	/** What is on the screen, and so is chosen at first. */
	shown: "draft" | number;
	/** The draft as it is on the screen; left out, the one that was saved last is read. */
	readDraft?: () => string;
	onClose: () => void;
}

/** Hands out a workflow's YAML: the draft or a version, whichever is on the screen, unless the other is chosen. */
export function ExportDialog({ team, workflow, shown, readDraft, onClose }: ExportDialogProps) {
	const { slug, name, version } = workflow;
	const [chosen, setChosen] = useState(String(shown));
	const { read, busy, error } = useExport({ team, slug, readDraft }, chosen);
	/** How many secrets there seem to be in what was asked for, and for which of the choices that was said. */
	const [warned, setWarned] = useState<{ of: string; secrets: number } | null>(null);
	const secrets = warned?.of === chosen ? warned.secrets : 0;
	const readOnceWarned = (use: (yaml: string) => unknown) =>
		read((yaml) => {
			const found = findLiteralSecrets(yaml).length;
			if (found === 0 || secrets > 0) return use(yaml);
			setWarned({ of: chosen, secrets: found });
			return undefined;
		});
	const fileName = chosen === "draft" ? `${slug}.workflow.yml` : `${slug}.v${chosen}.workflow.yml`;
	const versions = [...new Set([version, shown])].filter((each) => typeof each === "number");
	const options = [
		{ value: "draft", label: "Draft" },
		...versions.map((each) => ({
			value: String(each),
			label: each === version ? `v${each}, published` : `v${each}`,
		})),
	];
	const copy = () =>
		readOnceWarned(async (yaml) => {
			await writeClipboard(yaml);
			showDone("The YAML is copied");
		});
	const download = () =>
		readOnceWarned((yaml) => {
			downloadText(fileName, yaml, "application/yaml");
			onClose();
		});
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Export ${name}`}
			foot={
				<span className="ml-auto flex gap-2 phone:w-full phone:[&>*]:flex-1">
					<Button size="form" busy={busy} onClick={copy}>
						<Copy />
						Copy
					</Button>
					<Button intent="primary" size="form" busy={busy} onClick={download}>
						<Download />
						Download
					</Button>
				</span>
			}
		>
			<div className="grid gap-3">
				{options.length > 1 && (
					<Segmented aria-label="What to export" value={chosen} options={options} onChange={setChosen} full />
				)}
				<p className="text-ink-2">{explain(chosen, { isOnScreen: readDraft !== undefined, version })}</p>
				<p className="truncate font-mono text-11 text-ink-3" title={fileName}>
					{fileName}
				</p>
				{secrets > 0 && (
					<p role="alert" className="flex gap-1.5 text-12 text-retrying">
						<TriangleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
						{countOf(secrets, "value")} in it {secrets === 1 ? "looks" : "look"} like a secret, and everybody who gets
						the file gets it. Move it to a credential first, or press again.
					</p>
				)}
				{error && <FieldError>{errorText(error)}</FieldError>}
			</div>
		</Dialog>
	);
}

interface Shown {
	isOnScreen: boolean;
	version: number | null;
}

function explain(chosen: string, { isOnScreen, version }: Shown): string {
	if (chosen !== "draft") {
		return chosen === String(version)
			? `Version ${chosen} as it was published. It is what Run starts.`
			: `Version ${chosen} as it was published.`;
	}
	const drawn = isOnScreen ? "The draft as it is on the screen" : "The draft as it was last saved";
	return version === null ? `${drawn}.` : `${drawn}, whether it is published or not.`;
}

interface ExportSource {
	team: string;
	slug: string;
	readDraft?: (() => string) | undefined;
}

function useExport({ team, slug, readDraft }: ExportSource, chosen: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { mutate, isPending, error } = useMutation({
		mutationFn: async (use: (yaml: string) => unknown) => {
			if (chosen === "draft" && readDraft) return await use(readDraft());
			const version = chosen === "draft" ? undefined : Number(chosen);
			const file = await queries.fetchQuery(
				trpc.workflows.exportYaml.queryOptions({ team, slug, version }, { staleTime: 0 }),
			);
			return await use(file.yaml);
		},
		meta: { ownError: true },
	});
	return { read: mutate, busy: isPending, error };
}
