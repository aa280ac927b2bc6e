"use client";

import { useEffect, useEffectEvent } from "react";
import { RunStream } from "@/components/runs/watch/run-stream";
import { openLinkStream } from "./link-stream";

interface WorkflowListener {
	/** Called when the link does not work any more. */
	onGone: () => void;
	/** Called with the version that is shown by now, and the name. */
	onShown: (version: number, name: string) => void;
}

const NOTHING = () => undefined;

/** Watches the workflow of a link, which has no events: its version stands for the last one. */
export function useWatchedWorkflow(token: string, listener: WorkflowListener): void {
	const onGone = useEffectEvent(listener.onGone);
	const onShown = useEffectEvent(listener.onShown);
	useEffect(() => {
		let last = 0;
		const open = openLinkStream(token, {
			onGone: () => onGone(),
			onShown: (version, name) => {
				last = version;
				onShown(version, name);
			},
		});
		const handlers = { onBatch: NOTHING, onConnection: NOTHING, onComplete: NOTHING };
		const stream = new RunStream(open, () => [{ id: "", after: last }], handlers);
		const hurry = () => stream.hurry();
		stream.restart();
		addEventListener("online", hurry);
		addEventListener("focus", hurry);
		return () => {
			stream.stop();
			removeEventListener("online", hurry);
			removeEventListener("focus", hurry);
		};
	}, [token]);
}
