"use client";

import { Archive, Copy, FileDown, PencilLine, ScrollText, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { auditPath } from "@/components/audit/audit-path";
import { ShareWorkflow } from "@/components/share/share-workflow";
import { useRefusal } from "@/components/shell/why-not";
import type { Outputs } from "@/components/trpc/types";
import { DeleteDialog } from "@/components/workflows/delete-dialog";
import { RenameDialog } from "@/components/workflows/rename-dialog";
import { useWorkflowActions } from "@/components/workflows/use-workflow-actions";
import { ExportDialog } from "@/components/workflows/yaml/export-dialog";
import { stringifyWorkflow } from "@/server/plan/yaml/plan-yaml";
import { type Action, ON_WORKFLOW } from "./actions/action";
import { useEditorStore } from "./editor-store";
import type { DraftSaving } from "./saving/use-draft-saving";
import { showFailure } from "./show-failure";
import type { EditorViews } from "./use-editor-views";
import { useShareActions } from "./use-share-actions";

interface WholeWorkflowOptions {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	views: EditorViews;
}

export interface WholeWorkflow {
	/** Rename, duplicate, share, audit log, export, archive, delete. */
	actions: Action[];
	/** What one of them asks, while it does. */
	dialog: ReactNode;
}

/** What is done with the whole workflow besides running and publishing it. */
export function useWholeWorkflow({ team, draft, saving, views }: WholeWorkflowOptions): WholeWorkflow {
	const { slug, name, description, version } = draft;
	const editor = useEditorStore();
	const router = useRouter();
	const options = { team, slug, name, onGone: () => router.push(`/${team}/workflows`) };
	const { duplicate, archive } = useWorkflowActions(options);
	/** What was typed last belongs to what is copied, kept or deleted. */
	const saved = (go: () => void) => () => void saving.saveNow().then(go, showFailure);
	const { asking } = views;
	const refusal = useRefusal("audit:view");
	const ask = (what: EditorViews["asking"]) => () => views.change({ asking: what });
	const close = ask(null);
	const sharing = useShareActions({ team, draft, onShare: ask("share") });
	const readDraft = () => stringifyWorkflow({ slug, name, description, plan: editor.getState().plan });
	return {
		actions: [
			{ ...RENAME, run: ask("rename") },
			{ ...DUPLICATE, run: saved(duplicate) },
			...sharing,
			{ ...AUDIT, refusal, reason: () => refusal, run: saved(() => router.push(auditPath(team, slug))) },
			{ ...EXPORT, run: ask({ exported: "draft" }) },
			{ ...ARCHIVE, run: saved(archive) },
			{ ...DELETE, run: saved(ask("delete")) },
		],
		dialog: (
			<>
				{asking === "rename" && <RenameDialog team={team} workflow={draft} onClose={close} />}
				{asking === "share" && version !== null && <ShareWorkflow {...{ team, slug, name, version }} onClose={close} />}
				{asking === "delete" && <DeleteDialog {...options} hasRuns={false} onClose={close} />}
				{asking !== null && typeof asking === "object" && (
					<ExportDialog
						team={team}
						workflow={{ slug, name, version }}
						shown={asking.exported}
						readDraft={readDraft}
						onClose={close}
					/>
				)}
			</>
		),
	};
}

const RENAME = {
	...ON_WORKFLOW,
	id: "rename-workflow",
	title: "Rename the workflow",
	label: "Name, description, address",
	Icon: PencilLine,
} as const;
const DUPLICATE = {
	...ON_WORKFLOW,
	id: "duplicate-workflow",
	title: "Duplicate the workflow",
	label: "Duplicate",
	Icon: Copy,
} as const;
const EXPORT = { ...ON_WORKFLOW, id: "export", title: "Export YAML", Icon: FileDown } as const;
const AUDIT = {
	...ON_WORKFLOW,
	id: "audit",
	title: "Show its audit log",
	label: "Audit log",
	Icon: ScrollText,
} as const;
const ARCHIVE = {
	...ON_WORKFLOW,
	id: "archive",
	title: "Archive the workflow",
	label: "Archive",
	Icon: Archive,
} as const;
const DELETE = {
	...ON_WORKFLOW,
	id: "delete-workflow",
	title: "Delete the workflow",
	label: "Delete",
	isDanger: true,
	Icon: Trash2,
} as const;
