"use client";

import { Archive, ArchiveRestore, Ellipsis, FileDown, PencilLine, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { IconButton } from "../ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu";
import { RenameDialog } from "./rename-dialog";
import { useWorkflowActions } from "./use-workflow-actions";
import type { WorkflowItem } from "./workflow-item";

interface WorkflowMenuProps {
	team: string;
	workflow: WorkflowItem;
	archived: boolean;
	onRun: () => void;
}

export function WorkflowMenu({ team, workflow, archived, onRun }: WorkflowMenuProps) {
	const [deleting, setDeleting] = useState(false);
	const [renaming, setRenaming] = useState(false);
	const actions = useWorkflowActions({ team, slug: workflow.slug, name: workflow.name });
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
				<MenuItem onSelect={() => setRenaming(true)}>
					<PencilLine />
					Rename
				</MenuItem>
				<MenuItem onSelect={actions.exportYaml}>
					<FileDown />
					Export YAML
				</MenuItem>
				<MenuSeparator />
				<MenuItem onSelect={archived ? actions.unarchive : actions.archive}>
					{archived ? <ArchiveRestore /> : <Archive />}
					{archived ? "Put back" : "Archive"}
				</MenuItem>
				<MenuItem danger onSelect={() => setDeleting(true)}>
					<Trash2 />
					Delete
				</MenuItem>
			</Menu>
			{renaming && <RenameDialog team={team} workflow={workflow} onClose={() => setRenaming(false)} />}
			<ConfirmDialog
				open={deleting}
				onOpenChange={setDeleting}
				title={`Delete ${workflow.name}?`}
				action="Delete workflow"
				danger
				busy={actions.removing}
				onConfirm={() => actions.remove(() => setDeleting(false))}
			>
				Its draft and versions are gone for good. A workflow that has runs is kept: archive it instead.
			</ConfirmDialog>
		</>
	);
}
