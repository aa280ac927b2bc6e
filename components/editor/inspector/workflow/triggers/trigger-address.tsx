"use client";

import { useQuery } from "@tanstack/react-query";
import { Copy, FlaskConical } from "lucide-react";
import { useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { copyText } from "@/components/ui/copy-text";
import { ErrorRow } from "@/components/ui/error-row";
import { formatMoment } from "@/components/ui/format/format-time";
import { Input } from "@/components/ui/forms/input";
import { GuardedButton } from "@/components/ui/guarded";
import { IconButton } from "@/components/ui/icon-button";
import { isSameJson } from "@/server/plan/values/same-json";
import type { Trigger } from "@/server/triggers/catalog";
import { useInspector } from "../../inspector-context";
import { curlExample } from "./curl-example";
import { TriggerActive } from "./trigger-active";
import { type Registered, useRegistered } from "./use-registered";
import { useWebhookActions } from "./use-webhook-actions";

/** A trigger that requests to an address of its own start. */
export type Addressed = Extract<Trigger, { address?: string | undefined }>;

/** Where requests are sent, once the trigger is published, and what can be done with it now. */
export function TriggerAddress({ trigger }: { trigger: Addressed }) {
	const { registered, isLoading } = useRegistered(trigger.id);
	if (isLoading) return <div aria-hidden="true" className="h-24 flex-none" />;
	if (!registered) {
		return (
			<p className="px-4 pb-4 text-12 text-ink-3">
				It gets an address of its own, which nobody can guess, as soon as the workflow is published.
			</p>
		);
	}
	return (
		<section aria-label="Address" className="grid gap-3 px-4 pb-4">
			<Address trigger={trigger} />
			<TriggerActive registered={registered} />
			<State registered={registered} trigger={trigger} />
			<TestFire id={trigger.id} />
		</section>
	);
}

function State({ registered, trigger }: { registered: Registered; trigger: Addressed }) {
	const { pausedAt, pausedUntil, config } = registered;
	return (
		<>
			{pausedAt && (
				<p className="text-12 text-ink-3">
					Paused since {formatMoment(pausedAt)}
					{pausedUntil && `, until ${formatMoment(pausedUntil)}`}. Requests are taken and start nothing.
				</p>
			)}
			{!isSameJson(config, trigger) && (
				<p className="text-12 text-ink-3">
					Requests are taken as it was published last. Publish to take them as it stands here.
				</p>
			)}
		</>
	);
}

function Address({ trigger }: { trigger: Addressed }) {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	const shown = useQuery(trpc.triggers.address.queryOptions({ team, slug, key: trigger.id }, { staleTime: 0 }));
	if (shown.error) {
		return (
			<ErrorRow onRetry={() => void shown.refetch()} busy={shown.isFetching}>
				{errorText(shown.error)}
			</ErrorRow>
		);
	}
	if (!shown.data) return <div aria-hidden="true" className="h-16" />;
	const { address, former, isShared, rotatedAt } = shown.data;
	return (
		<div className="grid gap-2">
			<AddressLine label="Address" address={address} />
			{isShared && (
				<p className="text-12 text-ink-3">
					Other triggers of the team with this shared address are started by it, too.
				</p>
			)}
			{former !== null && (
				<p className="text-12 text-ink-3">
					The address before still works{rotatedAt && `, since it was replaced on ${formatMoment(rotatedAt)}`}.
				</p>
			)}
			<span className="flex flex-wrap gap-2">
				{trigger.type === "webhook" && (
					<Button onClick={() => void copyText(curlExample(address, trigger), "The command")}>
						<Copy />
						Copy as curl
					</Button>
				)}
				<Replace id={trigger.id} hasFormer={former !== null} />
			</span>
		</div>
	);
}

function AddressLine({ label, address }: { label: string; address: string }) {
	return (
		<span className="flex gap-1.5">
			<Input
				aria-label={label}
				readOnly
				value={address}
				className="font-mono text-11"
				onFocus={({ target }) => target.select()}
			/>
			<IconButton label="Copy the address" onClick={() => void copyText(address, "The address")}>
				<Copy />
			</IconButton>
		</span>
	);
}

/** A new address takes over while the one before still works, so that senders can change in their own time. */
function Replace({ id, hasFormer }: { id: string; hasFormer: boolean }) {
	const [isAsking, setAsking] = useState(false);
	const { replace, endFormer, isChanging } = useWebhookActions(id, { onReplaced: () => setAsking(false) });
	return (
		<>
			<Button onClick={() => setAsking(true)} disabled={isChanging}>
				Replace…
			</Button>
			{hasFormer && (
				<Button onClick={endFormer} busy={isChanging}>
					End the one before
				</Button>
			)}
			<ConfirmDialog
				open={isAsking}
				onOpenChange={setAsking}
				title="Replace the address?"
				action="Replace the address"
				busy={isChanging}
				onConfirm={replace}
			>
				There will be another address. The present one still works beside it, until you end it or replace the address
				again{hasFormer && "; the one before that ends now"}.
			</ConfirmDialog>
		</>
	);
}

function TestFire({ id }: { id: string }) {
	const { testFire, isFiring } = useWebhookActions(id);
	const whyNot = useWhyNot("run:start");
	return (
		<GuardedButton
			className="justify-self-start"
			whyNot={whyNot}
			busy={isFiring}
			onClick={() => testFire()}
			hint="Sends a sample of what its sender sends through the published filter"
		>
			<FlaskConical />
			Send a test
		</GuardedButton>
	);
}
