"use client";

import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { copyText } from "@/components/ui/copy-text";
import { ErrorRow } from "@/components/ui/error-row";
import { formatMoment } from "@/components/ui/format/format-time";
import { type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";
import { useInspector } from "../../inspector-context";
import { AddressLine } from "./address-line";
import { useTriggerActions } from "./use-trigger-actions";

/** Where requests are sent, and what can be done with the address. */
export function TriggerAddress({ trigger }: { trigger: Extract<Trigger, { id: string }> }) {
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
	const command = triggerDefinitionOf(trigger.type)?.curl?.(address, trigger);
	return (
		<div className="grid gap-2">
			<AddressLine address={address} />
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
				{command !== undefined && (
					<Button onClick={() => void copyText(command, "The command")}>
						<Copy />
						Copy as curl
					</Button>
				)}
				<Replace id={trigger.id} hasFormer={former !== null} />
			</span>
		</div>
	);
}

/** A new address takes over while the one before still works, so that senders can change in their own time. */
function Replace({ id, hasFormer }: { id: string; hasFormer: boolean }) {
	const [isAsking, setAsking] = useState(false);
	const { replace, endFormer, isChanging } = useTriggerActions(id, { onReplaced: () => setAsking(false) });
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
