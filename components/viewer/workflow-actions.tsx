"use client";

import { Download, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import type { Outputs } from "@/components/trpc/types";
import { GuardedButton } from "@/components/ui/guarded";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { useStartRun } from "@/components/workflows/start/use-start-run";
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

/** Export and run. A workflow that asks for nothing starts at once. */
export function WorkflowActions({ team, workflow }: WorkflowActionsProps) {
	const { slug, name, plan, canRun, estimate, version } = workflow;
	const [asking, setAsking] = useState(false);
	const [exporting, setExporting] = useState(false);
	const { start, busy } = useStartRun({ team, slug });
	const modKey = useModKey();
	const whyNotRole = useWhyNot("run:start");
	const whyNot = whyNotRole ?? reasonNotToRun(workflow);
	const asks = plan.inputs.length > 0;
	const run = useCallback(() => {
		if (asks) setAsking(true);
		else start({});
	}, [asks, start]);
	useRunKey(canRun && !busy && !asking, run);
	return (
		<>
			<IconButton label="Export YAML" onClick={() => setExporting(true)}>
				<Download />
			</IconButton>
			<GuardedButton intent="primary" whyNot={canRun ? undefined : whyNot} busy={busy} onClick={run}>
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

function reasonNotToRun({ version, archivedAt, issues }: Outputs["workflows"]["get"]): string {
	if (archivedAt !== null) return "Archived: bring it back to run it";
	if (issues.some(isError)) return "Fix the problems first";
	return version === null ? "A draft cannot run: publish it first" : "This workflow cannot run now";
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
