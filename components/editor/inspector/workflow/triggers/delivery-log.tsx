"use client";

import { useState } from "react";
import { describeVerdict } from "@/components/deliveries/describe-verdict";
import { type Delivery, useDeliveries } from "@/components/deliveries/use-deliveries";
import { VerdictChip } from "@/components/deliveries/verdict-chip";
import { useWhyNot } from "@/components/shell/why-not";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ErrorRow } from "@/components/ui/error-row";
import { formatDuration, formatMoment } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { PanelSection } from "@/components/ui/panel-section";
import { PillLink } from "@/components/ui/pill-link";
import { runLook } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useInspector } from "../../inspector-context";
import { DeliveryDialog } from "./delivery-dialog";
import { useTriggerActions } from "./use-trigger-actions";

/** What has come to a trigger, the last one first: each opens its request; several can be sent again together. */
export function DeliveryLog({ id }: { id: string }) {
	const { team, slug } = useInspector();
	const { items, ...log } = useDeliveries({ team, slug, key: id });
	const [chosen, setChosen] = useState<readonly string[]>([]);
	const [open, setOpen] = useState<string | null>(null);
	const toggle = (each: string) =>
		setChosen(chosen.includes(each) ? chosen.filter((other) => other !== each) : [...chosen, each]);
	return (
		<PanelSection title="Deliveries" end={items.length === 0 && !log.isPending ? "none yet" : undefined}>
			{log.isPending ? (
				<SkeletonRows rows={3} label="Reading the deliveries" rowClassName="h-12" />
			) : log.error && items.length === 0 ? (
				<ErrorRow onRetry={() => void log.refetch()} busy={log.isFetching}>
					{errorText(log.error)}
				</ErrorRow>
			) : items.length === 0 ? (
				<p className="px-4 pb-4 text-12 text-ink-3">
					Whatever comes stands here: the run that it started, or why it started none.
				</p>
			) : (
				<ol aria-label="Deliveries" className="pb-2 text-12">
					{items.map((item) => (
						<Entry
							key={item.id}
							item={item}
							isChosen={chosen.includes(item.id)}
							onChoose={() => toggle(item.id)}
							onOpen={() => setOpen(item.id)}
						/>
					))}
				</ol>
			)}
			<div className="flex flex-wrap gap-2 px-4 pb-4 empty:hidden">
				{items.length > 0 && (
					<PillLink href={`/${team}/deliveries?${new URLSearchParams({ workflow: slug, trigger: id })}`} on={false}>
						All in a list
					</PillLink>
				)}
				{chosen.length > 0 && <Redeliver id={id} chosen={chosen} onDone={() => setChosen([])} />}
				{log.hasNextPage && (
					<Button onClick={() => void log.fetchNextPage()} busy={log.isFetchingNextPage}>
						Show earlier ones
					</Button>
				)}
			</div>
			{open !== null && <DeliveryDialog id={open} trigger={id} onClose={() => setOpen(null)} onOpen={setOpen} />}
		</PanelSection>
	);
}

function Redeliver({ id, chosen, onDone }: { id: string; chosen: readonly string[]; onDone: () => void }) {
	const { redeliver, isFiring } = useTriggerActions(id);
	const whyNot = useWhyNot("run:start");
	return (
		<GuardedButton
			whyNot={whyNot}
			busy={isFiring}
			onClick={() => {
				redeliver([...chosen]);
				onDone();
			}}
		>
			Redeliver {chosen.length}
		</GuardedButton>
	);
}

interface EntryProps {
	item: Delivery;
	isChosen: boolean;
	onChoose: () => void;
	onOpen: () => void;
}

function Entry({ item, isChosen, onChoose, onOpen }: EntryProps) {
	const { at, event, reason, latencyMs, run, verdict } = item;
	const { label } = describeVerdict(verdict);
	return (
		<li className="flex items-start gap-2 border-line-soft px-4 py-1.5 [&+li]:border-t">
			<input
				type="checkbox"
				aria-label={`Choose the delivery of ${formatMoment(at)}`}
				className="mt-1 size-3.5 flex-none accent-(--accent) phone:size-5"
				checked={isChosen}
				onChange={onChoose}
			/>
			<button type="button" className="grid min-w-0 flex-1 gap-0.5 rounded-1 text-left hover:bg-fill" onClick={onOpen}>
				<span className="flex min-w-0 items-center gap-2">
					<VerdictChip verdict={verdict} />
					<span className="truncate font-mono text-11">{event}</span>
					<time dateTime={at.toISOString()} className="ml-auto flex-none text-ink-3 tabular-nums">
						{formatMoment(at)}
					</time>
				</span>
				<span className="flex min-w-0 items-center gap-1.5 text-ink-3">
					{run && (
						<>
							<StateIcon state={runLook(run.status)} label="" className="size-3.5" />
							<span className="font-medium text-ink-2">Run {run.number}</span>
						</>
					)}
					<span className="truncate">{reason ?? (run ? "" : label)}</span>
					{latencyMs !== null && <span className="ml-auto flex-none tabular-nums">{formatDuration(latencyMs)}</span>}
				</span>
			</button>
		</li>
	);
}
