"use client";

import {
	Archive,
	ArchiveRestore,
	Copy,
	Ellipsis,
	FileDown,
	LayoutTemplate,
	PencilLine,
	Play,
	ScrollText,
	Share2,
	Trash2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { auditPath } from "../../audit/audit-path";
import { ShareWorkflow } from "../../share/share-workflow";
import { useWhyNot } from "../../shell/why-not";
import { publishTemplatePath } from "../../templates/publish/publish-path";
import { GuardedMenuItem } from "../../ui/guarded-menu-item";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu";
import { DeleteDialog } from "../delete-dialog";
import { RenameDialog } from "../rename-dialog";
import { useUnarchive } from "../use-unarchive";
import { useWorkflowActions } from "../use-workflow-actions";
import { ExportDialog } from "../yaml/export-dialog";
import type { WorkflowItem } from "./workflow-item";

interface WorkflowMenuProps {
	team: string;
	workflow: WorkflowItem;
	archived: boolean;
	onRun: () => void;
}

export function WorkflowMenu({ team, workflow, archived, onRun }: WorkflowMenuProps) {
	const [asking, setAsking] = useState<"rename" | "export" | "share" | "delete" | null>(null);
	const { slug, name } = workflow;
	const actions = useWorkflowActions({ team, slug, name });
	const { unarchive } = useUnarchive({ team, slug, name });
	const hasRuns = workflow.lastRun !== null;
	const close = () => setAsking(null);
	const whyNotRun = useWhyNot("run:start");
	const whyNotShare = useWhyNot("run:share");
	const whyNotEdit = useWhyNot("workflow:edit");
	const whyNotPublish = useWhyNot("template:publish");
	const whyNotAudit = useWhyNot("audit:view");
	const router = useRouter();
	const whyNotRemove = useWhyNot("workflow:remove");
	return (
		<>
			<Menu
				trigger={
					<IconButton label={`More about ${workflow.name}`} size="panel">
						<Ellipsis />
					</IconButton>
				}
			>
				{!archived && (
					<GuardedMenuItem whyNot={whyNotRun} disabled={workflow.version === null} onSelect={onRun}>
						<Play />
						Run
					</GuardedMenuItem>
				)}
				<GuardedMenuItem whyNot={whyNotEdit} onSelect={() => setAsking("rename")}>
					<PencilLine />
					Rename
				</GuardedMenuItem>
				<GuardedMenuItem whyNot={whyNotEdit} onSelect={actions.duplicate}>
					<Copy />
					Duplicate
				</GuardedMenuItem>
				<MenuItem onSelect={() => setAsking("export")}>
					<FileDown />
					Export YAML
				</MenuItem>
				<GuardedMenuItem whyNot={whyNotShare} disabled={workflow.version === null} onSelect={() => setAsking("share")}>
					<Share2 />
					Share
				</GuardedMenuItem>
				<GuardedMenuItem
					whyNot={whyNotPublish}
					disabled={workflow.version === null}
					onSelect={() => router.push(publishTemplatePath(team, slug))}
				>
					<LayoutTemplate />
					Publish as a template
				</GuardedMenuItem>
				<GuardedMenuItem whyNot={whyNotAudit} onSelect={() => router.push(auditPath(team, slug))}>
					<ScrollText />
					Audit log
				</GuardedMenuItem>
				<MenuSeparator />
				<GuardedMenuItem whyNot={whyNotEdit} onSelect={archived ? unarchive : actions.archive}>
					{archived ? <ArchiveRestore /> : <Archive />}
					{archived ? "Put back" : "Archive"}
				</GuardedMenuItem>
				{archived && hasRuns ? (
					<MenuItem disabled>
						<Trash2 />
						Kept with its runs
					</MenuItem>
				) : (
					<GuardedMenuItem danger whyNot={whyNotRemove} onSelect={() => setAsking("delete")}>
						<Trash2 />
						Delete
					</GuardedMenuItem>
				)}
			</Menu>
			{asking === "rename" && <RenameDialog team={team} workflow={workflow} onClose={close} />}
			{asking === "export" && <ExportDialog team={team} workflow={workflow} shown="draft" onClose={close} />}
			{asking === "share" && workflow.version !== null && (
				<ShareWorkflow {...{ team, slug, name }} version={workflow.version} onClose={close} />
			)}
			{asking === "delete" && (
				<DeleteDialog team={team} slug={slug} name={name} hasRuns={hasRuns} onGone={close} onClose={close} />
			)}
		</>
	);
}
