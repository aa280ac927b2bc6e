"use client";

import { FileDown, FlaskConical, Play, Rocket, Save } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { showDone, showError } from "@/components/ui/toaster";
import { RunDialog, StartDialog } from "@/components/workflows/run-dialog";
import { useStartRun } from "@/components/workflows/use-start-run";
import { useWorkflowActions } from "@/components/workflows/use-workflow-actions";
import type { Action } from "./action";
import { useEditorStore } from "./editor-store";
import { issuesOf } from "./inspector/plan-issues";
import type { DraftSaving } from "./saving/use-draft-saving";
import { useTestRun } from "./use-test-run";

export interface EditorRuns {
	/** Run, test, publish, save, export: with their keys. */
	actions: Action[];
	/** The form of the inputs, while one is asked for. */
	dialog: ReactNode;
	busy: boolean;
}

interface EditorRunsOptions {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	onPublish: () => void;
}

/** Running the published version, testing the draft, and what else is done to the whole workflow. */
export function useEditorRuns({ team, draft, saving, onPublish }: EditorRunsOptions): EditorRuns {
	const { slug, name } = draft;
	const editor = useEditorStore();
	const [asking, setAsking] = useState<"run" | "test" | null>(null);
	const run = useStartRun({ team, slug });
	const test = useTestRun({ team, slug, saving });
	const { exportYaml } = useWorkflowActions({ team, slug, name });
	const latest = useLatest({ draft, run, test, onPublish, exportYaml });
	const actions = useMemo((): Action[] => {
		const problem = () => {
			const { credentials } = latest.current.draft;
			const { all } = issuesOf(editor.getState().plan, credentials ?? undefined);
			return all.some(({ severity }) => severity === "error") ? "solve the problems first" : undefined;
		};
		const begin = (kind: "run" | "test") => {
			if (editor.getState().plan.inputs.length > 0) setAsking(kind);
			else latest.current[kind].start({});
		};
		const isUnpublished = () => latest.current.draft.version === null;
		const noRight = () => (latest.current.draft.canRun ? undefined : "your role may not start runs");
		return [
			{
				id: "run",
				title: "Run",
				group: "On this workflow",
				Icon: Play,
				keys: "mod+enter",
				whileTyping: true,
				reason: () => noRight() ?? (isUnpublished() ? problem() : undefined),
				run: () => begin(isUnpublished() ? "test" : "run"),
			},
			{
				id: "test",
				title: "Test the draft",
				group: "On this workflow",
				Icon: FlaskConical,
				keys: "mod+shift+enter",
				whileTyping: true,
				reason: () => noRight() ?? problem(),
				run: () => begin("test"),
			},
			{
				id: "publish",
				title: "Publish",
				group: "On this workflow",
				Icon: Rocket,
				keys: "mod+shift+p",
				whileTyping: true,
				reason: problem,
				run: () => latest.current.onPublish(),
			},
			{
				id: "save",
				title: "Save now",
				group: "On this workflow",
				Icon: Save,
				keys: "mod+s",
				whileTyping: true,
				run: () => void saveNow(saving),
			},
			{
				id: "export",
				title: "Export YAML",
				group: "On this workflow",
				Icon: FileDown,
				run: () => void saving.saveNow().then(latest.current.exportYaml, tell),
			},
		];
	}, [editor, saving, latest]);
	return {
		actions,
		busy: run.busy || test.busy,
		dialog: asking && <Asking kind={asking} team={team} draft={draft} test={test} onClose={() => setAsking(null)} />,
	};
}

/** Saving goes on by itself; who asks for it hears how it went. */
async function saveNow(saving: DraftSaving): Promise<void> {
	try {
		const { revision } = await saving.saveNow();
		showDone(`Saved as revision ${revision}`);
	} catch (error) {
		tell(error);
	}
}

function tell(error: unknown): void {
	showError(error instanceof Error ? error.message : errorText(error));
}

interface AskingProps {
	kind: "run" | "test";
	team: string;
	draft: Outputs["workflows"]["draft"];
	test: ReturnType<typeof useTestRun>;
	onClose: () => void;
}

function Asking({ kind, team, draft: { slug, name }, test, onClose }: AskingProps) {
	const { inputs } = useEditorStore().getState().plan;
	const form = { name, inputs, open: true, onOpenChange: (open: boolean) => !open && onClose() };
	if (kind === "run") return <RunDialog team={team} slug={slug} {...form} />;
	return <StartDialog verb="Test" run={test} {...form} />;
}

/** Actions are made once and listened to for long; what they use is read when they run. */
function useLatest<T>(value: T): { current: T } {
	const ref = useRef(value);
	useEffect(() => {
		ref.current = value;
	});
	return ref;
}
