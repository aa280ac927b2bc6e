"use client";

import { History, Play } from "lucide-react";
import { useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { formatMoment } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { isSameJson } from "@/server/plan/values/same-json";
import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";
import { BackfillDialog } from "./backfill-dialog";
import { TriggerActive } from "./trigger-active";
import { type Registered, useRegistered, useTriggerActions } from "./use-registered";

/** Whether the published schedule fires, and what can be done with it now. */
export function ScheduleState({ schedule }: { schedule: ScheduleConfig }) {
	const { registered, isLoading } = useRegistered(schedule.id);
	const [isFilling, setFilling] = useState(false);
	if (isLoading) return <div aria-hidden="true" className="h-12 flex-none border-line border-t" />;
	if (!registered) {
		return (
			<p className="border-line border-t px-4 py-3 text-12 text-ink-3">
				It starts runs as soon as the workflow is published.
			</p>
		);
	}
	return (
		<section aria-label="State of the schedule" className="grid gap-2 border-line border-t px-4 py-3">
			<TriggerActive registered={registered} />
			<p className="text-12 text-ink-3 tabular-nums">{describeState(registered)}</p>
			{!isSameJson(registered.config, schedule) && (
				<p className="text-12 text-ink-3">
					It fires as it was published last. Publish to let it fire as it stands here.
				</p>
			)}
			<Starts id={schedule.id} onFill={() => setFilling(true)} />
			{isFilling && <BackfillDialog schedule={registered.config} id={schedule.id} onClose={() => setFilling(false)} />}
		</section>
	);
}

function Starts({ id, onFill }: { id: string; onFill: () => void }) {
	const { fire, isFiring } = useTriggerActions(id);
	const whyNot = useWhyNot("run:start");
	return (
		<div className="flex flex-wrap gap-2">
			<GuardedButton whyNot={whyNot} busy={isFiring} onClick={fire}>
				<Play />
				Fire now
			</GuardedButton>
			<GuardedButton whyNot={whyNot} onClick={onFill}>
				<History />
				Run earlier times…
			</GuardedButton>
		</div>
	);
}

function describeState({ pausedAt, pausedUntil, pauseReason, nextAt }: Registered): string {
	if (pausedAt === null) return nextAt === null ? "It fires no more." : `Fires next on ${formatMoment(nextAt)}.`;
	const since = `Paused since ${formatMoment(pausedAt)}`;
	if (pausedUntil !== null) return `${since}, until ${formatMoment(pausedUntil)}.`;
	return pauseReason === null ? `${since}.` : `${since}, by itself. ${pauseReason}`;
}
