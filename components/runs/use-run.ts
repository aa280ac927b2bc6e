"use client";

import { useCallback, useMemo } from "react";
import { v4 as newId } from "uuid";
import { useStore } from "zustand";
import { readStreamError } from "@/components/auth/read-stream-error";
import { useTRPC } from "@/components/trpc/client";
import { joinTabGroup } from "@/components/trpc/tab-group";
import type { RunStore } from "./run-store";
import { useWatchedRun } from "./use-watched-run";
import type { OpenRunStream } from "./watch/run-stream";
import { SharedWatch } from "./watch/shared-watch";

/** One watch a team and tab, for the tab's whole life. */
const watches = new Map<string, SharedWatch>();

/** Everything about a run of a team that comes as events: its history first, then live, through reconnects and restarts. */
export function useRun(team: string, runId: string): RunStore {
	const open = useOpenStream(team);
	const watchOfTeam = useCallback(() => watchOf(team, open), [team, open]);
	return useWatchedRun(watchOfTeam, runId);
}

export function useRunState(store: RunStore) {
	return useStore(store, (record) => record.state);
}

function watchOf(team: string, open: OpenRunStream): SharedWatch {
	const known = watches.get(team);
	if (known) return known;
	const watch = new SharedWatch(open, joinTabGroup(`weft-runs-${team}`), newId());
	watches.set(team, watch);
	return watch;
}

function useOpenStream(team: string): OpenRunStream {
	const trpc = useTRPC();
	return useMemo(
		() => (runs, handlers) => {
			const subscription = trpc.runs.watch.subscriptionOptions({ team, runs }).subscribe({
				onStarted: () => handlers.onConnection("live"),
				onData: (message) => handlers.onBatch(message.data),
				onConnectionStateChange: ({ state, error }) => {
					if (state === "connecting" && error) handlers.onConnection("reconnecting");
					if (state === "idle") handlers.onComplete();
				},
				onError: (error) => handlers.onError(readStreamError(error)),
			});
			return () => subscription.unsubscribe();
		},
		[trpc, team],
	);
}
