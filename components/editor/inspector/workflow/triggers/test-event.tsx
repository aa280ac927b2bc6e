"use client";

import { useQuery } from "@tanstack/react-query";
import { Pin, PinOff, Radio } from "lucide-react";
import { useEffect, useState } from "react";
import { RequestDetails } from "@/components/deliveries/delivery-details";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorRow } from "@/components/ui/error-row";
import { useNow } from "@/components/ui/hooks/use-now";
import { PanelSection } from "@/components/ui/panel-section";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type TestEventState, useTestEvents } from "../../../use-test-events";
import { useInspector } from "../../inspector-context";
import { AddressLine } from "./address-line";
import { useRegistered } from "./use-registered";
import { useTestEventActions } from "./use-test-event-actions";

/** What tests of the draft begin with: a draft waits for one event, published or not, and what comes is pinned. */
export function TestEvent({ id }: { id: string }) {
	const { team, slug } = useInspector();
	const { list } = useTestEvents({ team, slug });
	const state = list.data?.find(({ key }) => key === id);
	const end = state?.wait ? "waiting" : state?.event ? "pinned" : undefined;
	return (
		<PanelSection title="Test event" end={end}>
			<div className="grid gap-3 px-4 pb-4">
				{list.error && !list.data ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : list.isPending ? (
					<SkeletonRows rows={1} label="Reading the test event" rowClassName="h-9" />
				) : (
					<>
						{state?.wait ? <Waiting id={id} wait={state.wait} /> : <Idle id={id} isPinned={Boolean(state?.event)} />}
						{state?.event && <Pinned key={state.event.id} id={id} event={state.event} />}
					</>
				)}
			</div>
		</PanelSection>
	);
}

function Idle({ id, isPinned }: { id: string; isPinned: boolean }) {
	const { wait, pin, isChanging } = useTestEventActions(id);
	return (
		<>
			{!isPinned && (
				<p className="text-12 text-ink-3">
					The draft waits for ten minutes, whether or not it is published. What comes first is pinned here: tests of the
					draft begin with it, and steps see its values.
				</p>
			)}
			<span className="flex flex-wrap gap-2">
				<Button onClick={() => wait()} busy={isChanging}>
					<Radio />
					{isPinned ? "Wait for another" : "Wait for a test event"}
				</Button>
				{!isPinned && (
					<Button intent="ghost" onClick={() => pin()} disabled={isChanging}>
						<Pin />
						Pin a sample
					</Button>
				)}
			</span>
		</>
	);
}

type Wait = NonNullable<TestEventState["wait"]>;

function Waiting({ id, wait }: { id: string; wait: Wait }) {
	const { cancel, isChanging } = useTestEventActions(id);
	const { registered } = useRegistered(id);
	return (
		<>
			<div className="flex items-center gap-2">
				<span role="status" className="flex min-w-0 flex-1 items-center gap-2">
					<Radio aria-hidden="true" className="size-4 flex-none text-accent motion-safe:animate-pulse" />
					<span className="truncate">Waiting for a test event</span>
				</span>
				<Countdown leftMs={wait.leftMs} />
				<Button onClick={() => cancel()} busy={isChanging}>
					Cancel
				</Button>
			</div>
			{wait.startedBy !== null && <p className="text-12 text-ink-3">Asked for by {wait.startedBy}.</p>}
			{!registered && wait.address !== null && (
				<>
					<AddressLine address={wait.address} />
					<p className="text-12 text-ink-3">It stays the address once the workflow is published.</p>
				</>
			)}
			{wait.problem !== null && (
				<p role="alert" className="text-12 text-retrying">
					Something came that was not taken. {wait.problem}
				</p>
			)}
		</>
	);
}

/** `9:59`, by the server's clock as it was when it was asked. */
function Countdown({ leftMs }: { leftMs: number }) {
	const [until, setUntil] = useState(() => Date.now() + leftMs);
	const now = useNow(1_000);
	useEffect(() => setUntil(Date.now() + leftMs), [leftMs]);
	const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
	return (
		<span role="timer" className="text-12 text-ink-3 tabular-nums">
			{Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
		</span>
	);
}

function Pinned({ id, event }: { id: string; event: NonNullable<TestEventState["event"]> }) {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	const { unpin, isChanging } = useTestEventActions(id);
	const shown = useQuery(
		trpc.triggers.testEvent.queryOptions(
			{ team, slug, key: id, id: event.id },
			{ staleTime: 0, refetchInterval: CHECKED_MS },
		),
	);
	return (
		<section aria-label="Pinned event" className="grid gap-3">
			<div className="flex h-8 items-center gap-2 text-12 text-ink-3">
				<Chip>
					<Pin />
					pinned
				</Chip>
				<span className="min-w-0 flex-1 truncate">
					<RelativeTime at={event.receivedAt} />
				</span>
				<Button intent="ghost" busy={isChanging} onClick={() => unpin()}>
					<PinOff />
					Unpin
				</Button>
			</div>
			{shown.error && !shown.data && (
				<ErrorRow onRetry={() => void shown.refetch()} busy={shown.isFetching}>
					{errorText(shown.error)}
				</ErrorRow>
			)}
			{shown.data?.reason && (
				<p role="alert" className="text-12 text-retrying">
					Tests cannot begin with it as the trigger is set now. {shown.data.reason}
				</p>
			)}
			{shown.data && <RequestDetails request={shown.data.request} />}
		</section>
	);
}

/** Whether a test can begin with it changes with the draft's filter. */
const CHECKED_MS = 5_000;
