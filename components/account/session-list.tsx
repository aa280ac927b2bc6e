"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useRef } from "react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { ErrorRow } from "../ui/error-row";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { showDone } from "../ui/toasts/toaster";

type Session = Outputs["account"]["sessions"][number];

export function SessionList() {
	const trpc = useTRPC();
	const list = useQuery(trpc.account.sessions.queryOptions());
	if (list.data) return <Sessions sessions={list.data} />;
	if (!list.error) return <SkeletonRows rows={2} rowClassName="h-14" label="Loading your sessions" />;
	return (
		<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
			{errorText(list.error)}
		</ErrorRow>
	);
}

function Sessions({ sessions }: { sessions: readonly Session[] }) {
	const list = useRef<HTMLUListElement>(null);
	// The button that was pressed goes with its session.
	const { endOne, endOthers } = useEndSessions({ onEnded: () => list.current?.focus() });
	const others = sessions.filter(({ isCurrent }) => !isCurrent).length;
	return (
		<>
			<ul ref={list} tabIndex={-1} aria-label="Sessions" className="divide-y divide-line-soft outline-none">
				{sessions.map((session) => (
					<SessionRow
						key={session.id}
						session={session}
						busy={endOne.isPending && endOne.variables.id === session.id}
						onEnd={() => endOne.mutate({ id: session.id })}
					/>
				))}
			</ul>
			{others > 1 && (
				<div className="flex justify-end border-line border-t bg-page px-4 py-2.5">
					<Button intent="danger" size="form" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
						End all {others} others
					</Button>
				</div>
			)}
		</>
	);
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
	const { device, address, isCurrent, createdAt, lastSeenAt } = session;
	return (
		<li aria-label={device} className="flex min-h-14 items-center gap-3 px-4 py-2">
			<MonitorSmartphone aria-hidden="true" className="size-4 flex-none text-ink-3" />
			<div className="min-w-0 flex-1">
				<div className="flex items-center gap-2">
					<span className="truncate font-medium">{device}</span>
					{isCurrent && <Chip tone="good">This browser</Chip>}
				</div>
				<div className="text-12 text-ink-3">
					{address} · signed in <RelativeTime at={createdAt} />
					{!isCurrent && (
						<>
							{" "}
							· last used <RelativeTime at={lastSeenAt} />
						</>
					)}
				</div>
			</div>
			{!isCurrent && (
				<Button size="form" busy={busy} onClick={onEnd} aria-label={`End the session of ${device}`}>
					End
				</Button>
			)}
		</li>
	);
}

function useEndSessions({ onEnded }: { onEnded: () => void }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const onSettled = () => queries.invalidateQueries(trpc.account.sessions.queryFilter());
	const endOne = useMutation({
		...trpc.account.endSession.mutationOptions(),
		onSuccess: () => {
			showDone("The session has ended");
			onEnded();
		},
		onSettled,
	});
	const endOthers = useMutation({
		...trpc.account.endOtherSessions.mutationOptions(),
		onSuccess: () => {
			showDone("You are signed out everywhere else");
			onEnded();
		},
		onSettled,
	});
	return { endOne, endOthers };
}
