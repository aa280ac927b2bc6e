"use client";

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { RunState } from "@/server/runs/state";
import { FirstPaint } from "./first-paint";
import type { Shared } from "./share-client";
import { useLinkSource } from "./use-link-source";

interface SharedRunProps {
	token: string;
	run: Shared["run"];
	state: RunState;
	onGone: () => void;
}

type Screen = typeof import("./shared-run-screen").SharedRunScreen;

/** What the server painted stays until everything is there to take its place. */
export function SharedRun({ token, run, state, onGone }: SharedRunProps) {
	const source = useLinkSource(token, run, onGone);
	const [Screen, setScreen] = useState<Screen | null>(null);
	useEffect(() => {
		void import("./shared-run-screen").then((module) => setScreen(() => module.SharedRunScreen));
	}, []);
	const isKnown = useStore(source.store, (record) => record.state.seq >= run.lastSeq);
	const isCutOff = useStore(source.store, (record) => record.connection === "reconnecting");
	if (Screen && (isKnown || isCutOff)) return <Screen source={source} run={run} token={token} />;
	return <FirstPaint run={run} token={token} state={state} />;
}
