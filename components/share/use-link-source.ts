"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import type { RunReader } from "@/components/runs/run-reader";
import { useWatchedRun } from "@/components/runs/use-run";
import type { RunSource } from "@/components/runs/use-run-screen";
import type { OpenRunStream } from "@/components/runs/watch/run-stream";
import { SharedWatch } from "@/components/runs/watch/shared-watch";
import { httpStatus, isWorthRetrying } from "@/components/trpc/error-text";
import { type Shared, useShare, useShareClient } from "./share-client";

/** A run as its link tells it. `onGone` is called when the link does not work any more. */
export function useLinkSource(token: string, { id, shows }: Shared["run"], onGone: () => void): RunSource {
	const share = useShare();
	const queries = useQueryClient();
	const store = useWatchedRun(useLinkWatch(token, onGone), id);
	const refresh = useCallback(
		() => void queries.invalidateQueries(share.run.queryFilter({ token })),
		[queries, share, token],
	);
	const { inputs, outputs, logs, settings } = shows;
	return {
		...{ store, reader: useLinkReader(token), refresh },
		shows: { inputs, outputs, logs, read: settings && inputs && outputs },
	};
}

function useLinkReader(token: string): RunReader {
	const share = useShare();
	const client = useShareClient();
	return useMemo(
		() => ({
			step: (place) => ({
				queryKey: share.step.queryKey({ token, ...place }),
				queryFn: () => client.step.query({ token, ...place }),
			}),
			logs: (range) => client.logs.query({ token, ...range }),
		}),
		[share, client, token],
	);
}

/** Each tab has a stream of its own: somebody's few links are no team's many runs. */
function useLinkWatch(token: string, onGone: () => void): () => SharedWatch {
	const share = useShare();
	const watch = useRef<SharedWatch>(null);
	const open: OpenRunStream = useCallback(
		([run], handlers) => {
			const subscription = share.watch.subscriptionOptions({ token, after: run?.after ?? 0 }).subscribe({
				onStarted: () => handlers.onConnection("live"),
				onData: (message) => handlers.onBatch(message.data),
				onConnectionStateChange: ({ state, error }) => {
					if (state === "connecting" && error) handlers.onConnection("reconnecting");
				},
				onError: (error) => {
					if ([401, 404].includes(httpStatus(error) ?? 0)) onGone();
					else handlers.onError(isWorthRetrying(error));
				},
			});
			return () => subscription.unsubscribe();
		},
		[share, token, onGone],
	);
	return useCallback(() => {
		watch.current ??= new SharedWatch(open, null, token);
		return watch.current;
	}, [open, token]);
}
