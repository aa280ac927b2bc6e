"use client";

import { FlaskConical, Play, Rocket, Save } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useRefusal } from "@/components/shell/why-not";
import type { Outputs } from "@/components/trpc/types";
import { showDone } from "@/components/ui/toasts/toaster";
import { type Begin, RunDialog, StartDialog } from "@/components/workflows/start/run-dialog";
import { useReadInputs } from "@/components/workflows/start/use-read-inputs";
import { useStartRun } from "@/components/workflows/start/use-start-run";
import type { Plan } from "@/server/plan/plan";
import { type Action, ON_WORKFLOW } from "./actions/action";
import { useTestRun } from "./actions/use-test-run";
import { type EditorSessionState, useEditorSession } from "./editor-session";
import { type DraftSaving, useSaving } from "./saving/use-draft-saving";
import { showFailure } from "./show-failure";
import type { EditorViews } from "./use-editor-views";
import { useTestEvents } from "./use-test-events";

export interface EditorRuns {
	/** Run, test, publish, save: with their keys. */
	actions: Action[];
	/** The form of the inputs, while one is asked for. */
	dialog: ReactNode;
	busy: boolean;
}

type Draft = Outputs["workflows"]["draft"];

interface EditorRunsOptions {
	team: string;
	draft: Draft;
	saving: DraftSaving;
	views: EditorViews;
}

/** Running the published version, testing the draft, publishing and saving it. */
export function useEditorRuns({ team, draft, saving, views }: EditorRunsOptions): EditorRuns {
	const { slug } = draft;
	const session = useEditorSession();
	const { editor } = session;
	const [asking, setAsking] = useState<Asking | null>(null);
	const run = useStartRun({ team, slug });
	const test = useTestRun({ team, slug, saving });
	const published = useReadInputs({ team, slug, isDraft: false });
	const { pinned } = useTestEvents({ team, slug });
	const begin = (asked: Asking) => {
		const isPinned = asked.kind === "test" && pinned.length > 0;
		if (asked.inputs.length > 0 || isPinned) setAsking(asked);
		else if (asked.kind === "run") run.start({});
		else test.start({});
	};
	const beginTest = () => begin({ kind: "test", inputs: editor.getState().plan.inputs });
	// The draft may ask for other inputs than what runs.
	const beginRun = () => published.mutate(undefined, { onSuccess: ({ inputs }) => begin({ kind: "run", inputs }) });
	const refusal = useRefusal("run:start");
	const isConflict = useSaving(saving, ({ phase }) => phase.name === "conflict");
	const notReady = () => (isConflict ? "merge both drafts first" : explainDraft(session.state.getState(), views));
	const isNew = draft.version === null;
	const actions: Action[] = [
		{
			...RUN,
			reason: () => refusal ?? (isNew ? notReady() : undefined),
			run: isNew ? beginTest : beginRun,
		},
		{ ...TEST, reason: notReady, run: beginTest },
		{ ...PUBLISH, reason: notReady, run: () => views.change({ isPublishing: true }) },
		{ ...SAVE, run: () => void saveNow(saving) },
	];
	return {
		actions,
		busy: run.busy || test.busy || published.isPending,
		dialog: asking && (
			<InputsDialog {...asking} begins={pinned} team={team} draft={draft} test={test} onClose={() => setAsking(null)} />
		),
	};
}

/** Why a draft can be neither published nor tested; undefined when it can. */
function explainDraft(
	{ drawing, issues, proposed }: EditorSessionState,
	{ unapplied }: EditorViews,
): string | undefined {
	if (proposed !== null) return "keep or undo the described changes first";
	if (unapplied > 0) return "apply or discard the YAML first";
	if (drawing.graph.plan.nodes.length === 0) return "add a step first";
	const isWrong = issues.some(({ severity }) => severity === "error");
	return isWrong ? "fix the problems first" : undefined;
}

const RUN = { ...ON_WORKFLOW, id: "run", title: "Run", Icon: Play, keys: "mod+enter" } as const;
const TEST = {
	...ON_WORKFLOW,
	id: "test",
	title: "Test the draft",
	Icon: FlaskConical,
	keys: "mod+shift+enter",
} as const;
const PUBLISH = { ...ON_WORKFLOW, id: "publish", title: "Publish", Icon: Rocket, keys: "mod+shift+p" } as const;
const SAVE = { ...ON_WORKFLOW, id: "save", title: "Save now", Icon: Save, keys: "mod+s" } as const;

/** Saving goes on by itself; who asks for it hears how it went. */
async function saveNow(saving: DraftSaving): Promise<void> {
	try {
		const { revision } = await saving.saveNow();
		showDone(`Saved as revision ${revision}`);
	} catch (error) {
		showFailure(error);
	}
}

interface Asking {
	kind: "run" | "test";
	inputs: Plan["inputs"];
}

interface InputsDialogProps extends Asking {
	team: string;
	draft: Draft;
	test: ReturnType<typeof useTestRun>;
	begins: readonly Begin[];
	onClose: () => void;
}

function InputsDialog({ kind, inputs, team, draft: { slug, name }, test, begins, onClose }: InputsDialogProps) {
	const form = { name, inputs, open: true, onOpenChange: (open: boolean) => !open && onClose() };
	if (kind === "run") return <RunDialog team={team} slug={slug} {...form} />;
	return <StartDialog verb="Test" begins={begins} run={test} whyNot={undefined} {...form} />;
}
