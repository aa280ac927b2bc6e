"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { iterationName } from "@/components/runs/iteration-name";
import { describeEvent } from "@/components/runs/timeline/describe-event";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import type { LinkDraft } from "./link-terms";
import { SentDialog, SentPart, SentValue } from "./sent-dialog";
import { SentSettings } from "./sent-settings";

interface SentPreviewProps {
	team: string;
	runId: string;
	shows: LinkDraft["shows"];
	onClose: () => void;
}

/** The values that would leave by a link. */
export function SentPreview({ team, runId, shows, onClose }: SentPreviewProps) {
	const trpc = useTRPC();
	const sent = useQuery(trpc.sharing.preview.queryOptions({ team, runId, shows }));
	return (
		<SentDialog
			title="What this link sends"
			description="In addition to the drawing, the names of steps, when they ran, how often they were tried, and which models answered at what cost."
			sent={sent}
			onClose={onClose}
		>
			{(data) => <Values sent={data} />}
		</SentDialog>
	);
}

type Sent = Outputs["sharing"]["preview"];

function Values({ sent }: { sent: Sent }) {
	const { shows, input, output, steps, events, logs, files, names, settings, isCut } = sent;
	const nameOf = ({ nodeId, iteration }: { nodeId: string; iteration: string }) =>
		[names[nodeId] ?? nodeId, iterationName(iteration)].filter(Boolean).join(" ");
	const words = events.map((event) => ({ event, text: describeEvent(event) })).filter(({ text }) => text !== "");
	if (!Object.values(shows).includes(true))
		return <p className="py-4 text-ink-2">Only the drawing, the states and the timeline.</p>;
	return (
		<div className="-mx-4">
			{shows.inputs && <SentValue title="Input of the run" value={input} />}
			{steps.map((step) => (
				<div key={`${step.nodeId} ${step.iteration}`}>
					{step.input !== null && <SentValue title={`Input of ${nameOf(step)}`} value={step.input} />}
					{step.output !== null && <SentValue title={`Output of ${nameOf(step)}`} value={step.output} />}
				</div>
			))}
			{shows.outputs && output !== null && <SentValue title="Output of the run" value={output} />}
			{files.length > 0 && (
				<Lines title="Files">
					{files.map((file) => (
						<p key={`${file.nodeId} ${file.iteration} ${file.name}`}>
							{file.nodeId === "" ? "The request" : nameOf(file)}: {file.name}
						</p>
					))}
				</Lines>
			)}
			{words.length > 0 && (
				<Lines title="Messages">
					{words.map(({ event, text }) => (
						<p key={event.seq}>
							{event.nodeId === null ? "The run" : nameOf({ nodeId: event.nodeId, iteration: event.iteration })}: {text}
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
			<SentSettings settings={settings} />
			{isCut && (
				<p className="px-4 py-2 text-12 text-ink-3">
					The run is long: these are its first values. The link sends the later ones too.
				</p>
			)}
		</div>
	);
}

function Lines({ title, children }: { title: string; children: ReactNode }) {
	return (
		<SentPart title={title}>
			<div className="whitespace-pre-wrap break-words px-4 pb-2 font-mono text-11">{children}</div>
		</SentPart>
	);
}
