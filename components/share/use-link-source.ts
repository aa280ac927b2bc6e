"use client";

import { useCallback, useMemo, useRef } from "react";
import type { RunReader } from "@/components/runs/run-reader";
import type { RunSource } from "@/components/runs/use-run-screen";
import { useWatchedRun } from "@/components/runs/use-watched-run";
import { SharedWatch } from "@/components/runs/watch/shared-watch";
import { openLinkStream } from "./link-stream";
import { askLink, type Shared } from "./share-client";

interface Link {
	token: string;
	/** Called when the link does not work any more: the same function each time. */
	onGone: () => void;
	/** Reads the run again. */
	refresh: () => void;
}

/** A run as its link tells it. */
export function useLinkSource({ token, onGone, refresh }: Link, { id, shows, files }: Shared["run"]): RunSource {
	const store = useWatchedRun(useLinkWatch(token, onGone), id);
	const { inputs, outputs, logs, settings } = shows;
	return {
		...{ store, reader: useLinkReader(token), refresh },
		shows: { inputs, outputs, logs, read: settings && inputs && outputs, files: files > 0 },
		decides: false,
	};
}

function useLinkReader(token: string): RunReader {
	return useMemo(
		() => ({
			step: (place) => ({
				queryKey: ["share", "step", token, place],
				queryFn: () => askLink("step", { token, ...place }),
			}),
			logs: (range) => askLink("logs", { token, ...range }),
			files: () => ({ queryKey: ["share", "files", token], queryFn: () => askLink("files", { token }) }),
			fileAddress: (id, { keep } = { keep: false }) => `/share/${token}/files/${id}${keep ? "?keep=true" : ""}`,
			archiveAddress: `/share/${token}/files/zip`,
			removesFrom: null,
		}),
		[token],
	);
}

/** Each tab has a stream of its own: somebody's few links are no team's many runs. */
function useLinkWatch(token: string, onGone: () => void): () => SharedWatch {
	const watch = useRef<SharedWatch>(null);
	return useCallback(() => {
		watch.current ??= new SharedWatch(openLinkStream(token, { onGone }), null, token);
		return watch.current;
	}, [token, onGone]);
}
