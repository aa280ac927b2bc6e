"use client";

import { useQueryClient } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import Link from "next/link";
import { useCallback } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { IconButton } from "@/components/ui/icon-button";
import { PhoneApproval } from "./phone/phone-approval";
import { PhoneHead } from "./phone/phone-head";
import { RunPhone } from "./phone/run-phone";
import { RunActions } from "./run-actions";
import { RunDesktop } from "./run-desktop";
import { useTeamReader } from "./run-reader";
import { RunTopBar } from "./run-top-bar";
import { editorOf } from "./step/editor-of";
import { FailedActions } from "./step/failed-actions";
import { StepApproval } from "./step/step-approval";
import { useRun } from "./use-run";
import { type RunFactsData, type RunParts, type TeamRunScreen, useRunScreen } from "./use-run-screen";

interface RunScreenViewProps {
	team: string;
	run: RunFactsData;
}

const EVERYTHING = { inputs: true, outputs: true, logs: true, read: true };

/** One run, two layouts; what is known of it survives turning the phone. */
export function RunScreenView({ team, run }: RunScreenViewProps) {
	const source = { store: useRun(team, run.id), reader: useTeamReader(team, run.id), shows: EVERYTHING };
	const known = { ...useRunScreen({ ...source, refresh: useRefresh(team, run) }, run), team };
	const isPhone = useIsPhone();
	const screen: TeamRunScreen = { ...known, parts: partsOf(known, isPhone) };
	if (!isPhone) return <RunDesktop screen={screen} bar={<RunTopBar screen={screen} />} />;
	return <RunPhone screen={screen} head={<PhoneHead screen={screen} />} actions={<RunActions screen={screen} />} />;
}

function partsOf(screen: TeamRunScreen, isPhone: boolean): RunParts {
	const Approval = isPhone ? PhoneApproval : StepApproval;
	return {
		failedActions: (step) => <FailedActions screen={screen} step={step} />,
		approval: (step, wait) => <Approval screen={screen} step={step} wait={wait} />,
		editStep: (step) =>
			screen.run.permissions.canEdit && (
				<IconButton label="Edit this step" size="panel" asChild>
					<Link href={editorOf(screen, step)}>
						<PencilLine aria-hidden="true" />
					</Link>
				</IconButton>
			),
	};
}

function useRefresh(team: string, { number, workflow: { slug } }: RunFactsData): () => void {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useCallback(
		() => void queries.invalidateQueries(trpc.runs.get.queryFilter({ team, slug, number })),
		[queries, trpc, team, slug, number],
	);
}
