"use client";

import { CircleDashed, Pin, PinOff } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { JsonTree } from "@/components/json/json-tree";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorRow } from "@/components/ui/error-row";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { Json } from "@/server/plan/values/json";
import { useInspector, useInspectorUi } from "../inspector-context";
import { useNodeId } from "../node-fields";
import { usePinnedOutput } from "./use-pinned-output";

/** What the step read when it ran last: its config with every reference replaced. */
export function LastInput() {
	const recorded = useRecorded();
	return (
		<LastValue empty="This step has no input yet.">
			{recorded && <ValueBox value={recorded.input.value} truncated={recorded.input.truncated} />}
		</LastValue>
	);
}

/** What the step put out last, and what is pinned in its place. */
export function LastOutput() {
	const nodeId = useNodeId();
	const recorded = useRecorded();
	const { pins } = useInspector();
	const { pin, unpin, isBusy } = usePinnedOutput();
	const pinned = Object.hasOwn(pins, nodeId) ? pins[nodeId] : undefined;
	if (pinned !== undefined) {
		return (
			<div className="grid gap-2 px-4 pt-3 pb-4">
				<div className="flex h-8 items-center gap-2 text-12 text-ink-3">
					<Chip>
						<Pin />
						pinned
					</Chip>
					<span className="min-w-0 flex-1">Tries and tests of the draft read this.</span>
					<Button intent="ghost" busy={isBusy} onClick={unpin}>
						<PinOff />
						Unpin
					</Button>
				</div>
				<ValueBox value={pinned} truncated={false} />
			</div>
		);
	}
	const action = recorded && !recorded.output.truncated && (
		<Button intent="ghost" className="-mr-2.5" busy={isBusy} onClick={() => pin(recorded.output.value)}>
			<Pin />
			Pin as output
		</Button>
	);
	return (
		<LastValue empty="This step has no output yet." action={action}>
			{recorded && <ValueBox value={recorded.output.value} truncated={recorded.output.truncated} />}
		</LastValue>
	);
}

function useRecorded() {
	const nodeId = useNodeId();
	const { last } = useInspector();
	return last && Object.hasOwn(last.steps, nodeId) ? last.steps[nodeId] : undefined;
}

interface LastValueProps {
	empty: string;
	action?: ReactNode;
	children: ReactNode;
}

function LastValue({ empty, action, children }: LastValueProps) {
	const { last, lastError } = useInspector();
	const retry = useInspector().readAgain;
	if (lastError && !last) return <ErrorRow onRetry={retry}>{errorText(lastError)}</ErrorRow>;
	if (!last) return <Skeleton className="mx-4 mt-4 w-40" />;
	if (!children) return <NothingYet>{empty}</NothingYet>;
	return (
		<div className="grid gap-2 px-4 pt-3 pb-4">
			<div className="flex h-8 items-center gap-2 text-12 text-ink-3">
				<Origin />
				<span className="ml-auto">{action}</span>
			</div>
			{children}
		</div>
	);
}

/** Which run the values are of. */
function Origin() {
	const { team, slug } = useInspector();
	const recorded = useRecorded();
	if (!recorded) return null;
	const { run, endedAt, iteration, status } = recorded;
	const name = run.kind === "try" ? "a try" : run.kind === "draft" ? `test ${run.number}` : `run ${run.number}`;
	return (
		<span className="min-w-0 truncate">
			{status === "failed" ? "Failed in " : "From "}
			{run.kind === "try" ? (
				name
			) : (
				<Link className="text-accent hover:underline" href={`/${team}/workflows/${slug}/runs/${run.number}`}>
					{name}
				</Link>
			)}
			{iteration !== "" && `, iteration ${iteration}`}, <RelativeTime at={endedAt} />
		</span>
	);
}

export function ValueBox({ value, truncated }: { value: Json; truncated: boolean }) {
	return (
		<div className="min-w-0 rounded-2 border border-line bg-sunken pt-2.5 [&>div]:px-3">
			<JsonTree value={value} />
			{truncated && (
				<p className="border-line-soft border-t px-3 py-1.5 text-12 text-ink-3">Long values are shortened here.</p>
			)}
		</div>
	);
}

function NothingYet({ children }: { children: ReactNode }) {
	const openTab = useInspectorUi((state) => state.openTab);
	return (
		<p className="m-4 flex gap-1.5 rounded-2 border border-line-strong border-dashed px-2.5 py-2 text-12 text-ink-3">
			<CircleDashed aria-hidden="true" className="mt-px size-3.5 flex-none" />
			<span>
				{children} Run the workflow, or{" "}
				<button type="button" className="text-accent hover:underline" onClick={() => openTab("try")}>
					try this step
				</button>
				.
			</span>
		</p>
	);
}
