"use client";

import { FlaskConical } from "lucide-react";
import { useWhyNot } from "@/components/shell/why-not";
import { formatMoment } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { isSameJson } from "@/server/plan/values/same-json";
import { type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";
import { TriggerActive } from "./trigger-active";
import { TriggerAddress } from "./trigger-address";
import { useRegistered } from "./use-registered";
import { useTriggerActions } from "./use-trigger-actions";

/** Where what starts a trigger is sent, if it has an address; whether it is active; and a way to try it. */
export function TriggerState({ trigger }: { trigger: Extract<Trigger, { id: string }> }) {
	const isAddressed = triggerDefinitionOf(trigger.type)?.address !== undefined;
	const { registered, isLoading } = useRegistered(trigger.id);
	const { testFire, isFiring } = useTriggerActions(trigger.id);
	const whyNot = useWhyNot("run:start");
	if (isLoading) return <div aria-hidden="true" className={isAddressed ? "h-24 flex-none" : "h-16 flex-none"} />;
	if (!registered)
		return (
			<p className="px-4 pb-4 text-12 text-ink-3">
				{isAddressed
					? "It gets an address of its own, which nobody can guess, as soon as the workflow is published."
					: "It starts runs as soon as the workflow is published."}
			</p>
		);
	const { pausedAt, pausedUntil, config } = registered;
	return (
		<section aria-label="State" className="grid gap-3 px-4 pb-4">
			{isAddressed && <TriggerAddress trigger={trigger} />}
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
