"use client";

import Link from "next/link";
import { type Delivery, useDeliveries } from "@/components/deliveries/use-deliveries";
import { Button } from "@/components/ui/button";
import { formatDuration, formatMoment } from "@/components/ui/format/format-time";
import { PanelSection } from "@/components/ui/panel-section";
import { runLook } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { countOf } from "@/server/nodes/summary-text";
import { MISSED_AFTER_MS } from "@/server/triggers/schedule/times/due-times";
import { useInspector } from "../../inspector-context";

/** What came of the times of a schedule, the last one first. */
export function ScheduleHistory({ id }: { id: string }) {
	const { team, slug } = useInspector();
	const { items, ...history } = useDeliveries({ team, slug, key: id });
	return (
		<PanelSection title="History" end={items.length === 0 && !history.isPending ? "nothing yet" : undefined}>
			{history.isPending ? (
				<div aria-hidden="true" className="h-20" />
			) : items.length === 0 ? (
				<p className="px-4 pb-4 text-12 text-ink-3">
					Here stands what came of each of its times: the run that started, or why none did.
				</p>
			) : (
				<ol className="pb-2 text-12">
					{items.map((item) => (
						<Entry key={item.id} item={item} base={`/${team}/workflows/${slug}/runs`} />
					))}
				</ol>
			)}
			{history.hasNextPage && (
				<div className="px-4 pb-4">
					<Button onClick={() => void history.fetchNextPage()} busy={history.isFetchingNextPage}>
						Show earlier ones
					</Button>
				</div>
			)}
		</PanelSection>
	);
}

function Entry({ item, base }: { item: Delivery; base: string }) {
	const { run, dueAt, at } = item;
	return (
		<li className="grid gap-0.5 border-line-soft px-4 py-1.5 [&+li]:border-t">
			<span className="flex items-center gap-2">
				<time dateTime={(dueAt ?? at).toISOString()} className="text-ink-3 tabular-nums">
					{formatMoment(dueAt ?? at)}
				</time>
				{run && (
					<Link
						href={`${base}/${run.number}`}
						className="ml-auto flex items-center gap-1.5 rounded-1 font-medium text-accent hover:underline"
					>
						<StateIcon state={runLook(run.status)} className="size-3.5" />
						Run {run.number}
					</Link>
				)}
			</span>
			<span className="text-ink-2">{tellDelivery(item)}</span>
		</li>
	);
}

function tellDelivery({ verdict, reason, times, lateMs }: Delivery): string {
	switch (verdict) {
		case "started":
			if (lateMs === null) return "Started by somebody.";
			return lateMs > MISSED_AFTER_MS ? `Started ${formatDuration(lateMs)} late.` : "Started on time.";
		case "missed":
			return `${times === 1 ? "Missed" : `Missed, with ${countOf(times - 1, "time")} before it`}. ${reason ?? ""}`;
		case "skipped":
			return `Skipped. ${reason ?? ""}`;
		case "filtered":
			return `Left out. ${reason ?? ""}`;
		case "duplicate":
			return `Left out as a duplicate. ${reason ?? ""}`;
		case "refused":
			return `Refused. ${reason ?? ""}`;
		case "failed":
			return `No run could be started. ${reason ?? ""}`;
	}
}
