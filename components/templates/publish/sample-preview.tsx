"use client";

import { useQuery } from "@tanstack/react-query";
import { describeEvent } from "../../runs/timeline/describe-event";
import { SentDialog, SentPart, SentValue } from "../../share/sent-dialog";
import { useTRPC } from "../../trpc/client";
import type { Outputs } from "../../trpc/types";
import type { SampleChoice } from "./sample-field";

interface SamplePreviewProps {
	team: string;
	slug: string;
	sample: SampleChoice;
	onClose: () => void;
}

/** All that would be published of a run, as the server makes it. */
export function SamplePreview({ team, slug, sample, onClose }: SamplePreviewProps) {
	const trpc = useTRPC();
	const sent = useQuery(
		trpc.templates.previewSample.queryOptions({ team, slug, sample }, { meta: { ownError: true }, retry: false }),
	);
	return (
		<SentDialog
			title="What this sends"
			description="Everything that the template’s page shows of the run, in addition to the drawing."
			sent={sent}
			onClose={onClose}
		>
			{({ events }) => <Events events={events} />}
		</SentDialog>
	);
}

function Events({ events }: Pick<Outputs["templates"]["previewSample"], "events">) {
	const result = events.flatMap(({ type, data }) => (type === "run.completed" ? (data.output ?? []) : []))[0];
	return (
		<div className="-mx-4">
			{result !== undefined && <SentValue title="Output of the run" value={result} />}
			<SentPart title="Events, with when they came">
				<ol className="px-4 pb-2 font-mono text-11">
					{events.map((event) => (
						<li key={event.seq} className="wrap-anywhere">
							<span className="text-ink-3">{(event.at / 1_000).toFixed(1)} s</span> {event.type} {event.nodeId}{" "}
							{event.iteration} {describeEvent(event)}
						</li>
					))}
				</ol>
			</SentPart>
		</div>
	);
}
