"use client";

import { Zap } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { GuardedButton } from "../ui/guarded";
import { useSettled } from "../ui/hooks/use-settled";
import { SkeletonRows } from "../ui/skeleton";
import { DeliveryFilters, type Shown } from "./delivery-filters";
import { DeliveryPanel } from "./delivery-panel";
import { DeliveryTable } from "./delivery-table";
import { SendSample } from "./send-sample";
import type { TriggerName } from "./trigger-choice";
import { type Delivery, useDeliveries } from "./use-deliveries";
import { MOST_REDELIVERED, useRedeliver } from "./use-redeliver";

/** What is typed is looked for once it has stood still for so long. */
const SETTLE_MS = 300;

/** What has come to the triggers of the team, the newest first; one of them is open beside the list. */
export function Deliveries({ first }: { first: TriggerName | undefined }) {
	const { team } = useViewer();
	const [shown, setShown] = useState<Shown>({ verdict: "all", trigger: first, hours: undefined, find: "" });
	const { verdict, trigger, hours } = shown;
	const find = useSettled(shown.find.trim(), SETTLE_MS);
	const [open, setOpen] = useState<Pick<Delivery, "id" | "workflow">>();
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	const { items, ...list } = useDeliveries({
		...{ team: team.slug, ...trigger, limit: 25 },
		...(verdict !== "all" && { verdict }),
		...(hours !== undefined && { hours }),
		...(find !== "" && { find }),
	});
	const selected = items.filter(({ id }) => chosen.has(id));
	const at = items.findIndex(({ id }) => id === open?.id);
	return (
		<div className="flex min-h-0 flex-1">
			<section aria-label="List" className="flex min-w-0 flex-1 flex-col">
				<div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-5 py-2 phone:px-4">
					<DeliveryFilters shown={shown} sought={find} onChange={setShown} />
					<SendSample trigger={trigger} />
				</div>
				<div className="min-h-0 flex-1 overflow-y-auto">
					{list.isPending && <SkeletonRows rows={10} label="Reading the deliveries" rowClassName="h-9" />}
					{list.error && items.length === 0 && (
						<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
							{errorText(list.error)}
						</ErrorRow>
					)}
					{list.isSuccess && items.length === 0 && <Nothing isAll={isEverything({ ...shown, find })} />}
					{items.length > 0 && (
						<DeliveryTable
							items={items}
							open={open?.id}
							chosen={chosen}
							onChoose={(id) => setChosen(toggle(chosen, id))}
							onOpen={setOpen}
						/>
					)}
				</div>
				<footer className="flex min-h-11 flex-none items-center gap-2 border-line border-t px-5 py-1.5 text-12 text-ink-3 phone:px-4">
					{selected.length > 0 ? (
						<RedeliverChosen selected={selected} onDone={() => setChosen(new Set())} />
					) : (
						"Kept for 90 days, secrets removed."
					)}
					{list.hasNextPage && (
						<Button className="ml-auto" onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
							Show earlier ones
						</Button>
					)}
				</footer>
			</section>
			{open && (
				<DeliveryPanel
					delivery={open}
					onClose={() => setOpen(undefined)}
					onOpen={(id) => setOpen({ ...open, id })}
					before={at > 0 ? () => setOpen(items[at - 1]) : undefined}
					after={at >= 0 && at < items.length - 1 ? () => setOpen(items[at + 1]) : undefined}
				/>
			)}
		</div>
	);
}

function isEverything({ verdict, trigger, hours, find }: Shown): boolean {
	return verdict === "all" && trigger === undefined && hours === undefined && find === "";
}

function toggle(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
	const next = new Set(chosen);
	if (!next.delete(id) && next.size < MOST_REDELIVERED) next.add(id);
	return next;
}

function RedeliverChosen({ selected, onDone }: { selected: readonly Delivery[]; onDone: () => void }) {
	const { team } = useViewer();
	const { redeliver, isSending } = useRedeliver(team.slug);
	const whyNot = useWhyNot("run:start");
	return (
		<GuardedButton whyNot={whyNot} busy={isSending} onClick={() => redeliver(selected, { onSuccess: onDone })}>
			Redeliver {selected.length}
		</GuardedButton>
	);
}

function Nothing({ isAll }: { isAll: boolean }) {
	const { team } = useViewer();
	if (!isAll) {
		return (
			<EmptyState title="Nothing of that kind">
				Choose another verdict or a longer period, all triggers, or look for something else: the last 2,000 are
				searched.
			</EmptyState>
		);
	}
	return (
		<EmptyState
			picture={<Zap aria-hidden="true" className="size-6 text-ink-3" />}
			title="Nothing has come yet"
			className="pt-20"
			action={
				<Button intent="primary" asChild>
					<Link href={`/${team.slug}/workflows`}>Choose a workflow</Link>
				</Button>
			}
		>
			Open a workflow, add a trigger in its panel, and publish it. Every webhook, push, alert and event then stands
			here, and every time of a schedule, with what became of it.
		</EmptyState>
	);
}
