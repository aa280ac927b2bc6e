"use client";

import { type ComponentType, useEffect, useState } from "react";
import { addToast, waitingToasts } from "./waiting-toasts";

/** Late enough not to hold up the page, early enough to be there when the network is gone. */
const LOAD_AFTER_MS = 2_000;

/** Shows messages in the corner of the screen. What draws them is loaded after the page, or with the first one. */
export function Toaster() {
	const [Toasts, setToasts] = useState<ComponentType>();
	useEffect(() => {
		const load = () =>
			import("./toasts").then(
				(loaded) => {
					unsubscribe();
					setToasts(() => loaded.Toasts);
				},
				() => {
					// Without a network: the next message tries again.
				},
			);
		const timer = setTimeout(load, LOAD_AFTER_MS);
		const unsubscribe = waitingToasts.subscribe(load);
		return () => {
			clearTimeout(timer);
			unsubscribe();
		};
	}, []);
	return Toasts && <Toasts />;
}

/** Tells that something went wrong, for errors that have no better place than the corner of the screen. */
export function showError(message: string): void {
	addToast({ kind: "error", message });
}

export function showDone(message: string, description?: string): void {
	addToast({ kind: "done", message, description });
}

/** Tells why something that was asked for has not begun. */
export function showWaiting(message: string): void {
	addToast({ kind: "waiting", message });
}
