"use client";

import { CircleCheck, Copy, Download, FileCode2, Search, WrapText } from "lucide-react";
import { type RefObject, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { writeClipboard } from "@/components/ui/clipboard";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { showDone, showError } from "@/components/ui/toasts/toaster";
import { downloadText } from "@/components/workflows/yaml/download-text";
import { countOf } from "@/server/nodes/summary-text";
import { lowerFirst } from "@/server/plan/values/lower-first";
import { useEditor } from "../../editor-store";
import { useYamlDraft, type YamlDraft, type YamlNames } from "./use-yaml-draft";
import { YamlEditor, type YamlEditorHandle } from "./yaml-editor";

export interface YamlDraftEditorProps {
	team: string;
	names: YamlNames;
	/** The team's credentials by name; undefined for those who may not know them. */
	credentials?: readonly string[];
	/** A file that was dropped on the page: written in place of the text, to be applied or discarded. */
	dropped?: { text: string };
	/** Hears how many changes wait to be applied: until they are, nothing is published or run. */
	onUnapplied: (count: number) => void;
}

/** The workflow as text beside its canvas: either is edited, the text is applied as one edit. */
export function YamlDraftEditor(props: YamlDraftEditorProps) {
	const { team, credentials, dropped, onUnapplied } = props;
	const { slug, name, description } = props.names;
	const names = useMemo(() => ({ slug, name, description }), [slug, name, description]);
	const draft = useYamlDraft({ team, names, credentials });
	const editor = useRef<YamlEditorHandle>(null);
	const [wraps, setWraps] = useState(false);
	const marking = useMarking(draft, editor);
	useDropped(draft, dropped);
	useReport(draft.unapplied, onUnapplied);
	return (
		<section aria-label="YAML" className="flex h-full min-h-0 min-w-0 flex-col bg-panel">
			<Head
				names={names}
				text={draft.text}
				wraps={wraps}
				onFind={() => editor.current?.find()}
				onWrap={() => setWraps(!wraps)}
			/>
			<div className="min-h-0 flex-1">
				<YamlEditor
					text={draft.text}
					version={draft.version}
					marking={marking}
					wraps={wraps}
					label={`${names.name} as YAML`}
					onChange={draft.write}
					onApply={() => apply(draft)}
					handle={editor}
				/>
			</div>
			<Foot draft={draft} />
		</section>
	);
}

function apply(draft: YamlDraft): void {
	if (draft.unapplied > 0 && !draft.apply()) showError("Correct the YAML first. The problems stand under their lines.");
}

/** What is selected on the canvas is lit in the text, and brought into view there. */
function useMarking({ reading, original }: YamlDraft, editor: RefObject<YamlEditorHandle | null>) {
	const ids = useEditor((state) => state.selection.nodes);
	const selected = useMemo(() => ids.flatMap((id) => reading.nodes.get(id) ?? []), [ids, reading]);
	const show = useEffectEvent(() => selected[0] && editor.current?.showLine(selected[0].first));
	// biome-ignore lint/correctness/useExhaustiveDependencies: another selection moves the text, an edit of it does not
	useEffect(() => {
		show();
	}, [ids]);
	return useMemo(() => ({ marks: reading.marks, selected, original }), [reading, selected, original]);
}

function useDropped({ replace }: YamlDraft, dropped: { text: string } | undefined): void {
	const take = useEffectEvent(replace);
	useEffect(() => {
		if (dropped) take(dropped.text);
	}, [dropped]);
}

function useReport(unapplied: number, onUnapplied: (count: number) => void): void {
	const report = useEffectEvent(onUnapplied);
	useEffect(() => report(unapplied), [unapplied]);
	useEffect(() => () => report(0), []);
}

interface HeadProps {
	names: YamlNames;
	text: string;
	wraps: boolean;
	onFind: () => void;
	onWrap: () => void;
}

function Head({ names, text, wraps, onFind, onWrap }: HeadProps) {
	const fileName = `${names.slug}.workflow.yml`;
	const lines = useMemo(() => text.split("\n").length - (text.endsWith("\n") ? 1 : 0), [text]);
	const copy = () =>
		writeClipboard(text).then(
			() => showDone("The YAML is copied"),
			() => showError("The browser refused to copy. Select the text and copy it."),
		);
	return (
		<header className="flex h-11 flex-none items-center gap-2 border-line border-b pr-3 pl-4">
			<FileCode2 aria-hidden="true" className="size-4 flex-none text-ink-3" strokeWidth={1.75} />
			<h2 className="min-w-0 truncate font-medium text-13">{fileName}</h2>
			<span className="flex-none text-12 text-ink-3 tabular-nums">{countOf(lines, "line")}</span>
			<span className="ml-auto flex flex-none gap-1">
				<IconButton label="Find" size="panel" onClick={onFind}>
					<Search />
				</IconButton>
				<IconButton label="Wrap lines" size="panel" pressed={wraps} onClick={onWrap}>
					<WrapText />
				</IconButton>
				<IconButton label="Copy" size="panel" onClick={() => void copy()}>
					<Copy />
				</IconButton>
				<IconButton label="Download" size="panel" onClick={() => downloadText(fileName, text, "application/yaml")}>
					<Download />
				</IconButton>
			</span>
		</header>
	);
}

function Foot({ draft }: { draft: YamlDraft }) {
	const { unapplied, reading, discard } = draft;
	const modKey = useModKey();
	return (
		<footer className="flex h-12 flex-none items-center gap-2 border-line border-t bg-page px-4 text-12">
			<Summary draft={draft} />
			{unapplied > 0 && (
				<span className="ml-auto flex flex-none gap-2">
					<Button intent="ghost" onClick={discard}>
						Discard
					</Button>
					<Button intent="primary" disabled={!reading.file} onClick={() => apply(draft)}>
						Apply {reading.file ? countOf(unapplied, "change") : "changes"}
						<Kbd onAccent className="-mr-1">
							{modKey}S
						</Kbd>
					</Button>
				</span>
			)}
		</footer>
	);
}

function Summary({ draft: { unapplied, reading, changes } }: { draft: YamlDraft }) {
	if (unapplied === 0) {
		return (
			<span role="status" className="flex min-w-0 items-center gap-2 text-ink-3">
				<CircleCheck aria-hidden="true" className="size-3.5 flex-none text-completed" />
				Says what the canvas shows
			</span>
		);
	}
	return (
		<span role="status" className="flex min-w-0 items-center gap-1.5 text-ink-2">
			<i className={cn("h-4 w-[3px] flex-none rounded-[1.5px]", reading.file ? "bg-(--changed)" : "bg-failed")} />
			<span className="min-w-0 truncate">{summarize(reading.marks.length, reading.file !== undefined, changes)}</span>
		</span>
	);
}

function summarize(problems: number, isReadable: boolean, changes: YamlDraft["changes"]): string {
	if (!isReadable) return `${countOf(problems, "problem")} to correct before it can be applied`;
	const [only] = changes;
	if (only && changes.length === 1) return `${only.title}, ${lowerFirst(only.detail)}`;
	return changes.length > 0 ? changes.map(({ title }) => title).join(", ") : "Name, description or places";
}
