"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, FileUp, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { PageHead } from "../../shell/page-head";
import { useWhyNot } from "../../shell/why-not";
import { useTRPC } from "../../trpc/client";
import { Button } from "../../ui/button";
import { cn } from "../../ui/class-names";
import { GuardedButton } from "../../ui/guarded";
import { ImportDialog } from "../yaml/import-dialog";
import { useYamlDrop } from "../yaml/use-yaml-drop";
import { readYamlFile } from "../yaml/yaml-file";
import { NewWorkflowDialog } from "./new-workflow-dialog";
import { RunFromList } from "./run-from-list";
import { SearchBox } from "./search-box";
import { useNewWorkflow } from "./use-new-workflow";
import { isLive, type WorkflowItem } from "./workflow-item";
import { WorkflowsBody } from "./workflows-body";

/** How often the list is read again: often while something runs, else for what others did. */
const REFRESH_MS = { live: 2_000, idle: 20_000 };

interface Import {
	text: string;
	problem?: string;
}

/** A team's workflows, each with how its last runs went. */
export function WorkflowsPage({ team }: { team: string }) {
	const trpc = useTRPC();
	const [archived, setArchived] = useState(false);
	const [search, setSearch] = useState("");
	const [running, setRunning] = useState<WorkflowItem | null>(null);
	const [importing, setImporting] = useState<Import | null>(null);
	const list = useQuery({
		...trpc.workflows.list.queryOptions({ team, archived }),
		refetchInterval: ({ state }) => (state.data?.some(isLive) ? REFRESH_MS.live : REFRESH_MS.idle),
	});
	const [choosing, setChoosing] = useState(false);
	const hovering = useImportDrop(setImporting);
	const openImport = () => setImporting({ text: "" });
	const blank = useNewWorkflow(team);
	const whyNotEdit = useWhyNot("workflow:edit");
	const empty = !archived && list.data?.length === 0;
	return (
		<>
			<PageHead
				title="Workflows"
				count={empty ? undefined : list.data?.length}
				actions={
					<>
						<GuardedButton intent="ghost" className="phone:w-11 phone:px-0" whyNot={whyNotEdit} onClick={openImport}>
							<FileUp />
							<span className="phone:sr-only">Import YAML</span>
						</GuardedButton>
						<GuardedButton intent="primary" whyNot={whyNotEdit} busy={blank.busy} onClick={() => setChoosing(true)}>
							<Plus />
							New workflow
						</GuardedButton>
					</>
				}
			/>
			{!empty && <ListFilter search={search} onSearch={setSearch} archived={archived} onArchived={setArchived} />}
			<WorkflowsBody
				team={team}
				list={list}
				search={search}
				archived={archived}
				onSearch={setSearch}
				onLeaveArchive={() => setArchived(false)}
				onRun={setRunning}
				onImport={openImport}
				onCreate={() => blank.create()}
			/>
			{hovering && <DropHint>{whyNotEdit ?? "Drop the file to import it"}</DropHint>}
			<NewWorkflowDialog
				team={team}
				isOpen={choosing}
				onClose={() => setChoosing(false)}
				onBlank={() => blank.create()}
				onDescribe={() => blank.create("described")}
				onImport={openImport}
			/>
			{running && <RunFromList team={team} workflow={running} onClose={() => setRunning(null)} />}
			{importing && <ImportDialog key={importing.text} team={team} {...importing} onClose={() => setImporting(null)} />}
		</>
	);
}

/** Whether a file is held over the page; once it is dropped it is imported. */
function useImportDrop(onImport: (dropped: Import) => void): boolean {
	return useYamlDrop({
		onText: (text) => onImport({ text }),
		onFile: (file) => {
			readYamlFile(file).then(
				(text) => onImport({ text }),
				(error: Error) => onImport({ text: "", problem: error.message }),
			);
		},
	});
}

interface ListFilterProps {
	search: string;
	onSearch: (search: string) => void;
	archived: boolean;
	onArchived: (archived: boolean) => void;
}

function ListFilter({ search, onSearch, archived, onArchived }: ListFilterProps) {
	return (
		<div className="flex h-11 flex-none items-center gap-2 border-line-soft border-b px-5 phone:h-[60px] phone:px-4">
			<SearchBox value={search} onChange={onSearch} />
			<Button
				intent="ghost"
				className={cn("ml-auto", archived && "bg-fill-2 text-ink")}
				aria-pressed={archived}
				onClick={() => onArchived(!archived)}
			>
				<Archive />
				Archived
			</Button>
		</div>
	);
}

function DropHint({ children }: { children: ReactNode }) {
	return (
		<div className="pointer-events-none fixed inset-2 z-30 grid animate-fade place-items-center rounded-4 border-2 border-accent border-dashed bg-[color-mix(in_srgb,var(--accent-soft)_80%,transparent)] font-semibold text-15 text-accent">
			<span className="max-w-140 px-4 text-center">{children}</span>
		</div>
	);
}
