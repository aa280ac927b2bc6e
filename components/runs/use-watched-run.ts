"use client";

import { useEffect, useMemo } from "react";
import { onSignedInAgain } from "@/components/auth/session";
import { createRunStore, type RunStore } from "./run-store";
import type { SharedWatch } from "./watch/shared-watch";

/** Everything about a run that comes as events, by a watch: `watchOf` gives the same watch again and again. */
export function useWatchedRun(watchOf: () => SharedWatch, runId: string): RunStore {
	// biome-ignore lint/correctness/useExhaustiveDependencies: another run is another store
	const store = useMemo(() => createRunStore(), [runId]);
	useEffect(() => {
		const watch = watchOf();
		const stop = watch.watch(runId, {
			after: store.last,
			onEvents: (events) => {
				if (!store.receive(events)) watch.request(runId);
			},
			onConnection: (connection) => store.setState({ connection }),
		});
		const hurry = () => watch.hurry();
		addEventListener("online", hurry);
		addEventListener("focus", hurry);
		const stopWaiting = onSignedInAgain(hurry);
		return () => {
			stop();
			stopWaiting();
			removeEventListener("online", hurry);
			removeEventListener("focus", hurry);
		};
	}, [watchOf, runId, store]);
	return store;
}
