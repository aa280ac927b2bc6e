"use client";

import { ArchiveRestore, Download, PencilLine, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useRef, useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import type { Outputs } from "@/components/trpc/types";
import { GuardedButton, GuardedLink } from "@/components/ui/guarded";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { useStartRun } from "@/components/workflows/start/use-start-run";
import { useUnarchive } from "@/components/workflows/use-unarchive";
import { isError } from "@/server/plan/issue";

/** Forms are read only when somebody is asked to fill one in. */
const ExportDialog = dynamic(() =>
	import("@/components/workflows/yaml/export-dialog").then((module) => module.ExportDialog),
);
const RunDialog = dynamic(() => import("@/components/workflows/start/run-dialog").then((module) => module.RunDialog));

interface WorkflowActionsProps {
	team: string;
	workflow: Outputs["workflows"]["get"];
}

/** Export, change and run. A workflow that asks for nothing starts at once. */
export function WorkflowActions({ team, workflow }: WorkflowActionsProps) {
	const { slug, name, plan, estimate, version } = workflow;
	const [asking, setAsking] = useState(false);
	const [exporting, setExporting] = useState(false);
	const { start, busy } = useStartRun({ team, slug });
	const modKey = useModKey();
	const whyNot = useWhyNot("run:start") ?? reasonNotToRun(workflow);
	const runButton = useRef<HTMLButtonElement>(null);
	const asks = plan.inputs.length > 0;
	const run = useCallback(() => {
		if (asks) setAsking(true);
		else start({});
	}, [asks, start]);
	// The button tells why not when it has the focus.
	useRunKey(!busy && !asking, whyNot === undefined ? run : () => runButton.current?.focus());
	return (
		<>
			<IconButton label="Export YAML" onClick={() => setExporting(true)}>
				<Download />
			</IconButton>
			<EditButton team={team} workflow={workflow} />
			<GuardedButton ref={runButton} intent="primary" whyNot={whyNot} busy={busy} onClick={run}>
				<Play />
				Run
				<Kbd onAccent className="-mr-1">
					{modKey}↵
				</Kbd>
			</GuardedButton>
			{exporting && (
				<ExportDialog team={team} workflow={workflow} shown={version ?? "draft"} onClose={() => setExporting(false)} />
			)}
			{asking && (
				<RunDialog
					team={team}
					slug={slug}
					name={name}
					inputs={plan.inputs}
					estimate={estimate}
					open
					onOpenChange={setAsking}
				/>
			)}
		</>
	);
}

/** Only readers see it, and whoever looks at what is archived: everybody else is in the editor. */
function EditButton({ team, workflow: { slug, name, archivedAt } }: WorkflowActionsProps) {
	const whyNot = useWhyNot("workflow:edit");
	const { unarchive, busy } = useUnarchive({ team, slug, name });
	if (archivedAt !== null) {
		return (
			<GuardedButton whyNot={whyNot} busy={busy} onClick={unarchive}>
				<ArchiveRestore />
				Put back
			</GuardedButton>
		);
	}
	return (
		<GuardedLink whyNot={whyNot} href={`/${team}/workflows/${slug}`}>
			<PencilLine />
			Edit
		</GuardedLink>
	);
}

function reasonNotToRun({ version, archivedAt, isRunnable, issues }: Outputs["workflows"]["get"]): string | undefined {
	if (archivedAt !== null) return "It is archived. Put it back to run it.";
	if (version === null) return "A draft cannot run. Somebody who edits it has to publish it first.";
	if (issues.some(isError)) return "It has problems. Somebody who edits it has to fix them first.";
	return isRunnable ? undefined : "This workflow cannot run now.";
}

/** ⌘↵ or Ctrl+↵ anywhere on the page. */
function useRunKey(enabled: boolean, run: () => void): void {
	useEffect(() => {
		if (!enabled) return;
		const press = (event: KeyboardEvent) => {
			if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.defaultPrevented) return;
			event.preventDefault();
			run();
		};
		addEventListener("keydown", press);
		return () => removeEventListener("keydown", press);
	}, [enabled, run]);
}
