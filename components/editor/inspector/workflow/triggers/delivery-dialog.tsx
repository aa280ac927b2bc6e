"use client";

import { useQuery } from "@tanstack/react-query";
import { Pin, RotateCw } from "lucide-react";
import { DeliveryDetails } from "@/components/deliveries/delivery-details";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorRow } from "@/components/ui/error-row";
import { formatMoment } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useInspector } from "../../inspector-context";
import { useTestEventActions } from "./use-test-event-actions";
import { useTriggerActions } from "./use-trigger-actions";

interface DeliveryDialogProps {
	id: string;
	/** The id of its trigger. */
	trigger: string;
	onClose: () => void;
	/** Opens another one in its place. */
	onOpen: (id: string) => void;
}

/** One delivery: what was received, what became of it and why. */
export function DeliveryDialog({ id, trigger, onClose, onOpen }: DeliveryDialogProps) {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	const read = useQuery(trpc.triggers.delivery.queryOptions({ team, slug, id }));
	const { redeliver, isFiring } = useTriggerActions(trigger);
	const { pin, isChanging: isPinning } = useTestEventActions(trigger);
	const whyNot = useWhyNot("run:start");
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Delivery"
			description={read.data ? formatMoment(read.data.at) : id}
			foot={
				<span className="flex w-full items-center gap-2">
					<span className="min-w-0 flex-1 text-12 text-ink-3">
						The published filter decides again; duplicates are let through.
					</span>
					<Button size="form" busy={isPinning} onClick={() => pin(id)}>
						<Pin />
						Pin for tests
					</Button>
					<GuardedButton intent="primary" size="form" whyNot={whyNot} busy={isFiring} onClick={() => redeliver([id])}>
						<RotateCw />
						Redeliver
					</GuardedButton>
				</span>
			}
		>
			<div className="grid gap-4">
				{read.error ? (
					<ErrorRow onRetry={() => void read.refetch()} busy={read.isFetching}>
						{errorText(read.error)}
					</ErrorRow>
				) : read.data ? (
					<DeliveryDetails delivery={read.data} base={`/${team}/workflows`} slug={slug} onOpen={onOpen} />
				) : read.isPending ? (
					<SkeletonRows rows={4} label="Reading the delivery" rowClassName="h-9" />
				) : (
					<p className="text-ink-2">This delivery is gone: they are kept for 90 days.</p>
				)}
			</div>
		</Dialog>
	);
}
