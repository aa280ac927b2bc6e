"use client";

import { Check, ExternalLink, Scale } from "lucide-react";
import type { ReactNode } from "react";
import { lookOf } from "@/components/canvas/run/view-step";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format/format-number";
import { GuardedButton } from "@/components/ui/guarded";
import { IconButton } from "@/components/ui/icon-button";
import { LiveDuration } from "@/components/ui/live-duration";
import { StateIcon, StatusPill } from "@/components/ui/run-state/state-icon";
import { canBeTaken, hasSucceeded } from "@/server/runs/coding-attempt";
import type { StepState } from "@/server/runs/state";
import { LineCounts } from "../coding/changed-files";
import { countTokens, describeCost } from "../coding/describe-cost";
import type { ShownAttempt } from "./use-attempts";

/** Takes an attempt; `whyNot` where the viewer may not. */
export interface Taking {
	take: (name: string) => void;
	whyNot: ReactNode | undefined;
	busy: boolean;
}

interface AttemptCardProps {
	attempt: ShownAttempt;
	/** Undefined where nothing is to be taken at the moment. */
	taking: Taking | undefined;
	isPreferred: boolean;
	isTaken: boolean;
	/** `Won 7 of 9 here`; undefined where it is not known. */
	record: string | undefined;
	isShown?: boolean;
	onShow: () => void;
	/** Leads to its step. */
	onOpen: (() => void) | undefined;
}

/** What one of the agents came to, or how far it is. */
export function AttemptCard(props: AttemptCardProps) {
	const { attempt, isPreferred, isTaken, record, isShown = false } = props;
	const { name, ended } = attempt;
	return (
		<section
			aria-label={name}
			className={cn(
				"flex min-w-0 flex-col rounded-3 border bg-panel shadow-1",
				isShown ? "border-accent shadow-[0_0_0_1px_var(--accent),0_0_0_4px_var(--accent-soft)]" : "border-line",
			)}
		>
			<header className="flex min-h-13 items-center gap-2 px-3 py-1.5">
				<div className="min-w-0 flex-1">
					<h3 className="truncate font-semibold leading-[18px]">{name}</h3>
					<p className="truncate font-mono text-11 text-ink-3">
						{[...new Set([ended?.result?.agent, ended?.result?.model])].filter(Boolean).join(" · ") || attempt.nodeId}
					</p>
				</div>
				{isTaken && (
					<Chip tone="accent">
						<Check aria-hidden="true" />
						taken
					</Chip>
				)}
				<State attempt={attempt} />
			</header>
			<Facts attempt={attempt} />
			{(ended?.problem || record || isPreferred) && (
				<div className="flex flex-wrap items-center gap-2 border-line-soft border-t px-3 py-1.5 text-12 text-ink-2">
					{isPreferred && (
						<Chip tone="accent">
							<Scale aria-hidden="true" />
							preferred
						</Chip>
					)}
					{ended?.problem && <span className="min-w-0 break-words">{ended.problem}</span>}
					{record && <span className="text-ink-3 tabular-nums">{record}</span>}
				</div>
			)}
			<Actions {...props} />
		</section>
	);
}

function State({ attempt: { step, ended } }: { attempt: ShownAttempt }) {
	if (step === undefined) return <StatusPill state="queued">Not begun</StatusPill>;
	if (ended === undefined) {
		const look = lookOf(step.phase.status);
		return <StatusPill state={look === "pending" ? "queued" : look} />;
	}
	return <StatusPill state={hasSucceeded(ended) ? "completed" : "failed"} />;
}

function Facts({ attempt: { step, ended } }: { attempt: ShownAttempt }) {
	const result = ended?.result;
	const turns = result?.turns ?? step?.turns?.length ?? 0;
	return (
		<dl className="grid grid-cols-3 border-line-soft border-t [&>div:nth-child(-n+3)]:border-b [&>div:nth-child(3n)]:border-r-0 [&>div]:min-w-0 [&>div]:border-line-soft [&>div]:border-r [&>div]:px-3 [&>div]:py-1.5">
			<Fact name="Files">
				{result ? (
					<>
						{formatCount(result.fileCount)}
						<LineCounts file={{ path: "", status: "modified", added: result.added, removed: result.removed }} />
					</>
				) : (
					"…"
				)}
			</Fact>
			<Fact name="Tests">{result ? <TestState tests={result.tests} /> : "…"}</Fact>
			<Fact name="Duration">{step ? <Duration step={step} /> : "…"}</Fact>
			<Fact name="Tokens">{formatCount(result ? countTokens(result) : sumOf(step, "tokens"))}</Fact>
			<Fact name="Cost">{result ? describeCost(result) : "…"}</Fact>
			<Fact name="Turns">{formatCount(turns)}</Fact>
		</dl>
	);
}

function sumOf(step: StepState | undefined, of: "tokens"): number {
	return (step?.turns ?? []).reduce((sum, turn) => sum + turn[of], 0);
}

function Duration({ step }: { step: StepState }) {
	if (step.startedAt === undefined) return "…";
	return <LiveDuration from={step.startedAt} to={"endedAt" in step.phase ? step.phase.endedAt : undefined} />;
}

function TestState({ tests }: { tests: { exitCode: number } | undefined }) {
	if (tests === undefined) return <span className="font-normal text-ink-3">none</span>;
	const passed = tests.exitCode === 0;
	return (
		<>
			<StateIcon state={passed ? "completed" : "failed"} label="" className="size-3.5" />
			{passed ? "passed" : "failed"}
		</>
	);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div>
			<dt className="text-11 text-ink-3">{name}</dt>
			<dd className="flex flex-wrap items-center gap-x-1.5 font-medium tabular-nums">{children}</dd>
		</div>
	);
}

function Actions({ attempt, taking, isPreferred, onShow, onOpen, isShown }: AttemptCardProps) {
	const { ended, name } = attempt;
	return (
		<footer className="mt-auto flex flex-wrap items-center justify-end gap-2 border-line-soft border-t px-3 py-2">
			{onOpen && (
				<IconButton label={`Open the step of ${name}`} size="panel" className="mr-auto" onClick={onOpen}>
					<ExternalLink />
				</IconButton>
			)}
			<Button aria-pressed={isShown} disabled={ended?.result === undefined} onClick={onShow}>
				Changes
			</Button>
			{taking && (
				<GuardedButton
					intent={isPreferred ? "primary" : "secondary"}
					whyNot={taking.whyNot}
					disabled={taking.busy || ended === undefined || !canBeTaken(ended)}
					aria-label={`Take this one: ${name}`}
					onClick={() => taking.take(name)}
				>
					<Check />
					Take this one
				</GuardedButton>
			)}
		</footer>
	);
}
