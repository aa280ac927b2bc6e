"use client";

import { useMemo } from "react";
import { useStore } from "zustand";
import { receiveDrawing } from "@/components/canvas/drawing/sent-drawing";
import { useRunScreen } from "@/components/runs/use-run-screen";
import { LoadFailure } from "./load-failure";
import type { SharedRunProps } from "./shared-run-props";
import { StillRun } from "./still/still-run";
import { useLinkSource } from "./use-link-source";
import { useWantedScreen } from "./use-wanted-screen";

interface LiveSharedRunProps extends SharedRunProps {
	onGone: () => void;
	refresh: () => void;
}

const loadScreen = () => import("./shared-run-screen").then((module) => module.SharedRunScreen);

/** What the server drew is kept up to date as it is, until somebody wants more than to look. */
export function SharedRun({ onGone, refresh, ...props }: LiveSharedRunProps) {
	const { token, run, drawing: sent, cause, state: painted } = props;
	const drawing = useMemo(() => receiveDrawing(run.plan, sent), [run.plan, sent]);
	const source = useLinkSource({ token, onGone, refresh }, run);
	const { Screen, want, isLoading, isFailed, goOn } = useWantedScreen(loadScreen);
	const isKnown = useStore(source.store, (record) => record.state.seq >= run.lastSeq);
	const isWaiting = useStore(source.store, (record) => record.connection === "connecting");
	const screen = useRunScreen({ source, run, drawing, cause, painted });
	if (Screen && (isKnown || !isWaiting)) {
		return <Screen source={source} run={run} token={token} cause={cause} onShown={goOn} />;
	}
	return (
		<>
			<StillRun {...props} screen={screen} onUse={want} isBusy={isLoading} />
			{isFailed && <LoadFailure />}
		</>
	);
}
