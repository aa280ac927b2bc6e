"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { JsonTree } from "@/components/json/json-tree";
import { describeEvent } from "@/components/runs/timeline/describe-event";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorRow } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Json } from "@/server/plan/values/json";
import type { LinkDraft } from "./link-terms";

interface SentPreviewProps {
	team: string;
	runId: string;
	shows: LinkDraft["shows"];
	onClose: () => void;
}

/** The values that would leave by a link, as the server makes them for whoever has it. */
export function SentPreview({ team, runId, shows, onClose }: SentPreviewProps) {
	const trpc = useTRPC();
	const sent = useQuery(trpc.sharing.preview.queryOptions({ team, runId, shows }));
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="What this link sends"
			description="Just these values, beside the drawing, the names of steps and when they ran."
			className="w-[640px]"
			foot={
				<>
					<span className="text-12 text-ink-3">{sent.data && describeRedacted(sent.data.redacted)}</span>
					<Button size="form" className="ml-auto" onClick={onClose}>
						Back
					</Button>
				</>
			}
		>
			{sent.data ? (
				<Values sent={sent.data} />
			) : sent.error ? (
				<ErrorRow onRetry={() => void sent.refetch()} busy={sent.isFetching}>
					{errorText(sent.error)}
				</ErrorRow>
			) : (
				<SkeletonRows rows={6} label="Loading what the link sends" />
			)}
		</Dialog>
	);
}

function describeRedacted(count: number): string {
	if (count === 0) return "Nothing looks private.";
	return count === 1 ? "1 value looks private and is redacted." : `${count} values look private and are redacted.`;
}

type Sent = Outputs["sharing"]["preview"];

function Values({ sent }: { sent: Sent }) {
	const { shows, input, output, steps, events, logs, isCut } = sent;
	const words = events.map((event) => ({ event, text: describeEvent(event) })).filter(({ text }) => text !== "");
	const isNothing = !shows.inputs && !shows.outputs && !shows.logs;
	if (isNothing) return <p className="py-4 text-ink-2">Nothing but the drawing, the states and the timeline.</p>;
	return (
		<div className="-mx-4">
			{shows.inputs && <Part title="Input of the run" value={input} />}
			{steps.map((step) => (
				<div key={`${step.nodeId} ${step.iteration}`}>
					{step.input !== null && <Part title={`${step.nodeId} ${step.iteration} reads`} value={step.input} />}
					{step.output !== null && <Part title={`${step.nodeId} ${step.iteration} puts out`} value={step.output} />}
				</div>
			))}
			{shows.outputs && output !== null && <Part title="Output of the run" value={output} />}
			{words.length > 0 && (
				<Lines title="Messages">
					{words.map(({ event, text }) => (
						<p key={event.seq}>
							{event.nodeId}: {text}
						</p>
					))}
				</Lines>
			)}
			{logs.length > 0 && (
				<Lines title="Logs">
					{logs.map((line, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
						<p key={index}>{line.text}</p>
					))}
				</Lines>
			)}
			{isCut && <p className="px-4 py-2 text-12 text-ink-3">And more of the same: this is the beginning of it.</p>}
		</div>
	);
}

function Part({ title, value }: { title: string; value: Json }) {
	return (
		<section>
			<h3 className="px-4 pt-2 pb-1 font-medium text-12 text-ink-2">{title}</h3>
			<JsonTree value={value} />
		</section>
	);
}

function Lines({ title, children }: { title: string; children: ReactNode }) {
	return (
		<section>
			<h3 className="px-4 pt-2 pb-1 font-medium text-12 text-ink-2">{title}</h3>
			<div className="whitespace-pre-wrap break-words px-4 pb-2 font-mono text-11">{children}</div>
		</section>
	);
}
