"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { VerdictChip } from "@/components/deliveries/verdict-chip";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { ErrorRow } from "@/components/ui/error-row";
import { formatMoment } from "@/components/ui/format/format-time";
import { PanelSection } from "@/components/ui/panel-section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { keyOfTrigger, type Trigger } from "@/server/triggers/catalog";
import { useEditor } from "../../../editor-store";
import { useInspector } from "../../inspector-context";

type Replayed = Outputs["triggers"]["replay"][number];

/** What would have come of past deliveries if the trigger had been as it stands in the draft. */
export function TimeMachine({ trigger }: { trigger: Trigger }) {
	const [tried, setTried] = useState<Trigger | null>(null);
	return (
		<PanelSection title="Try on past deliveries" startOpen={false}>
			<div className="grid gap-2 px-4 pb-4">
				<p className="text-12 text-ink-3">
					The last 500 deliveries through the filter, the key and the inputs as they stand here. Nothing is started.
				</p>
				<Button className="justify-self-start" onClick={() => setTried(trigger)}>
					<History />
					Try
				</Button>
				{tried && <Outcome trigger={tried} />}
			</div>
		</PanelSection>
	);
}

function Outcome({ trigger }: { trigger: Trigger }) {
	const { team, slug } = useInspector();
	const inputs = useEditor(({ plan }) => plan.inputs);
	const trpc = useTRPC();
	const replay = useQuery(
		trpc.triggers.replay.queryOptions({ team, slug, key: keyOfTrigger(trigger), trigger, inputs }, { staleTime: 0 }),
	);
	if (replay.error) {
		return (
			<ErrorRow onRetry={() => void replay.refetch()} busy={replay.isFetching}>
				{errorText(replay.error)}
			</ErrorRow>
		);
	}
	if (!replay.data) return <SkeletonRows rows={3} label="Trying past deliveries" rowClassName="h-9" />;
	if (replay.data.length === 0)
		return <p className="text-12 text-ink-3">There is no delivery yet whose body is kept.</p>;
	const changed = replay.data.filter(({ before, now }) => before !== now);
	const starting = replay.data.filter(({ now }) => now === "started").length;
	return (
		<>
			<p aria-live="polite" className="text-12">
				{starting} of {replay.data.length} would start a run;{" "}
				{changed.length === 0 ? "nothing else than then" : `${changed.length} would come out differently`}.
			</p>
			<ol aria-label="Deliveries that come out differently" className="text-12">
				{changed.slice(0, SHOWN).map((each) => (
					<Entry key={each.id} replayed={each} />
				))}
			</ol>
			{changed.length > SHOWN && <p className="text-12 text-ink-3">And {changed.length - SHOWN} more.</p>}
		</>
	);
}

const SHOWN = 30;

function Entry({ replayed: { at, before, now, reason } }: { replayed: Replayed }) {
	return (
		<li className="relative grid gap-0.5 border-line-soft py-1.5 [&+li]:border-t">
			<span className="flex items-center gap-1.5">
				<VerdictChip verdict={before} />
				<span aria-hidden="true">→</span>
				<span className="sr-only">would be</span>
				<VerdictChip verdict={now} />
				<time dateTime={at.toISOString()} className="ml-auto text-ink-3 tabular-nums">
					{formatMoment(at)}
				</time>
			</span>
			{reason && <span className="break-words text-ink-3">{reason}</span>}
		</li>
	);
}
