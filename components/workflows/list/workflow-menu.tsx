"use client";

import { Archive, ArchiveRestore, Copy, Ellipsis, FileDown, PencilLine, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu";
import { DeleteDialog } from "../delete-dialog";
import { RenameDialog } from "../rename-dialog";
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
	const [asking, setAsking] = useState<"rename" | "export" | "delete" | null>(null);
	const { slug, name } = workflow;
	const actions = useWorkflowActions({ team, slug, name });
	const hasRuns = workflow.lastRun !== null;
	const close = () => setAsking(null);
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
					<MenuItem disabled={workflow.version === null} onSelect={onRun}>
						<Play />
						Run
					</MenuItem>
				)}
				<MenuItem onSelect={() => setAsking("rename")}>
					<PencilLine />
					Rename
				</MenuItem>
				<MenuItem onSelect={actions.duplicate}>
					<Copy />
					Duplicate
				</MenuItem>
				<MenuItem onSelect={() => setAsking("export")}>
					<FileDown />
					Export YAML
				</MenuItem>
				<MenuSeparator />
				<MenuItem onSelect={archived ? actions.unarchive : actions.archive}>
					{archived ? <ArchiveRestore /> : <Archive />}
					{archived ? "Put back" : "Archive"}
				</MenuItem>
				{archived && hasRuns ? (
					<MenuItem disabled>
						<Trash2 />
						Kept with its runs
					</MenuItem>
				) : (
					<MenuItem danger onSelect={() => setAsking("delete")}>
						<Trash2 />
						Delete
					</MenuItem>
				)}
			</Menu>
			{asking === "rename" && <RenameDialog team={team} workflow={workflow} onClose={close} />}
			{asking === "export" && <ExportDialog team={team} workflow={workflow} shown="draft" onClose={close} />}
			{asking === "delete" && (
				<DeleteDialog team={team} slug={slug} name={name} hasRuns={hasRuns} onGone={close} onClose={close} />
			)}
		</>
	);
}
