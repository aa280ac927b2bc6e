"use client";

import { FlaskConical } from "lucide-react";
import { useWhyNot } from "@/components/shell/why-not";
import { formatMoment } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { isSameJson } from "@/server/plan/values/same-json";
import type { Trigger } from "@/server/triggers/catalog";
import { TriggerActive } from "./trigger-active";
import { useRegistered } from "./use-registered";
import { useWebhookActions } from "./use-webhook-actions";

/** Whether a trigger that Weft itself tells is published and active, and a way to try it. */
export function SignalState({ trigger }: { trigger: Extract<Trigger, { id: string }> }) {
	const { registered, isLoading } = useRegistered(trigger.id);
	const { testFire, isFiring } = useWebhookActions(trigger.id);
	const whyNot = useWhyNot("run:start");
	if (isLoading) return <div aria-hidden="true" className="h-16 flex-none" />;
	if (!registered)
		return <p className="px-4 pb-4 text-12 text-ink-3">It starts runs as soon as the workflow is published.</p>;
	const { pausedAt, pausedUntil, config } = registered;
	return (
		<section aria-label="State" className="grid gap-3 px-4 pb-4">
			<TriggerActive registered={registered} />
			{pausedAt && (
				<p className="text-12 text-ink-3">
					Paused since {formatMoment(pausedAt)}
					{pausedUntil && `, until ${formatMoment(pausedUntil)}`}. What comes meanwhile starts nothing.
				</p>
			)}
			{!isSameJson(config, trigger) && (
				<p className="text-12 text-ink-3">It starts runs as it was published last. Publish to change that.</p>
			)}
			<GuardedButton
				className="justify-self-start"
				whyNot={whyNot}
				busy={isFiring}
				onClick={() => testFire()}
				hint="Sends a sample through the published filter"
			>
				<FlaskConical />
				Send a test
			</GuardedButton>
		</section>
	);
}
