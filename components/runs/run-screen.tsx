"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { type AnswerTask, useAnswer } from "@/components/assistant/use-answer";
import { describeCause } from "@/components/canvas/drawing/describe-trigger";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { FilmButton } from "@/components/share/film-button";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import type { NodeId } from "@/server/plan/plan";
import { TeamAttempts } from "./attempts/team-attempts";
import { Discussion, RunComments } from "./comments/run-comments";
import { type CommentThread, useThreads } from "./comments/use-threads";
import { ForkButton } from "./fork/fork-button";
import { ForkedFrom } from "./fork/forked-from";
import { PhoneApproval } from "./phone/phone-approval";
import { PhoneHead } from "./phone/phone-head";
import { RunPhone } from "./phone/run-phone";
import { RunActions } from "./run-actions";
import { RunDesktop } from "./run-desktop";
import { RunLink } from "./run-link";
import { useTeamReader } from "./run-reader";
import { RunTopBar } from "./run-top-bar";
import { EditStep } from "./step/edit-step";
import { FailedActions } from "./step/failed-actions";
import { StepApproval } from "./step/step-approval";
import { StepEventWait } from "./step/step-event-wait";
import { StepPrompt } from "./step/step-prompt";
import { useRun } from "./use-run";
import { type RunFactsData, type RunParts, type TeamRunScreen, useRunScreen } from "./use-run-screen";

interface RunScreenViewProps {
	team: string;
	run: Outputs["runs"]["get"];
}

const EVERYTHING = { inputs: true, outputs: true, logs: true, read: true };

/** One run, two layouts; what is known of it survives turning the phone. */
export function RunScreenView({ team, run }: RunScreenViewProps) {
	const isPhone = useIsPhone();
	// On a phone an approval covers everything else of the run: it is opened by a press.
	const decides = useWhyNot("run:decide") === undefined && !isPhone;
	const source = { store: useRun(team, run.id), reader: useTeamReader(team, run.id), shows: EVERYTHING, decides };
	const drawing = useMemo(() => drawPlan(run.plan), [run.plan]);
	const cause = useMemo(() => describeCause(run.trigger), [run.trigger]);
	const refresh = useRefresh(team, run);
	const known = { ...useRunScreen({ source: { ...source, refresh }, run, drawing, cause }), team };
	const threads = useThreads({ team, runId: run.id });
	const reason = useAnswer();
	const screen: TeamRunScreen = {
		...known,
		parts: partsOf(known, { isPhone, threads, reason, run }),
		download: <FilmButton team={team} run={run} />,
	};
	if (!isPhone) return <RunDesktop screen={screen} bar={<RunTopBar screen={screen} />} />;
	return <RunPhone screen={screen} head={<PhoneHead screen={screen} />} actions={<RunActions screen={screen} />} />;
}

interface PartsContext {
	isPhone: boolean;
	threads: CommentThread[] | undefined;
	run: Outputs["runs"]["get"];
	/** Why it failed, once somebody has asked: the same beside each step. */
	reason: AnswerTask;
}

function partsOf(screen: TeamRunScreen, { isPhone, threads, reason, run }: PartsContext): RunParts {
	const at = { team: screen.team, runId: screen.run.id };
	const Approval = isPhone ? PhoneApproval : StepApproval;
	return {
		failedActions: (step) => <FailedActions screen={screen} step={step} reason={reason} />,
		approval: (step, wait) => <Approval key={wait.question} screen={screen} step={step} wait={wait} />,
		attempts: (compared) => <TeamAttempts screen={screen} {...compared} />,
		eventWait: (step, wait) => <StepEventWait screen={screen} step={step} wait={wait} />,
		comments: (nodeId) => <RunComments key={nodeId} at={{ ...at, nodeId }} threads={threads} />,
		discussion: <Discussion at={{ ...at, nodeId: null }} threads={threads} />,
		commentCounts: countComments(threads),
		origin: (run.caller || run.forked) && (
			<>
				{run.caller && (
					<RunLink team={screen.team} run={run.caller}>
						Called by
					</RunLink>
				)}
				<ForkedFrom team={screen.team} run={run} />
			</>
		),
		fork: (step, turn) => <ForkButton screen={screen} step={step} turn={turn} />,
		calledRun: (called) => (
			<RunLink team={screen.team} run={called}>
				Runs
			</RunLink>
		),
		prompt: (step) => <StepPrompt team={screen.team} used={run.prompts[step]} />,
		editStep: (step) => <EditStep screen={screen} step={step} />,
	};
}

function countComments(threads: CommentThread[] = []): Record<NodeId, number> {
	return Object.fromEntries(threads.flatMap(({ nodeId, count }) => (nodeId === null ? [] : [[nodeId, count]])));
}

function useRefresh(team: string, { number, workflow: { slug } }: RunFactsData): () => void {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useCallback(
		() => void queries.invalidateQueries(trpc.runs.get.queryFilter({ team, slug, number })),
		[queries, trpc, team, slug, number],
	);
}
