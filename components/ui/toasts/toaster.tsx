"use client";

import { type ComponentType, useEffect, useState } from "react";
import { useAhead } from "../hooks/use-ahead";
import { addToast, waitingToasts } from "./waiting-toasts";

/** Shows messages in the corner of the screen. What draws them is loaded with the first one. */
export function Toaster() {
	const [Toasts, setToasts] = useState<ComponentType>();
	useEffect(() => {
		const unsubscribe = waitingToasts.subscribe(async () => {
			const loaded = await loadToasts();
			if (!loaded) return;
			unsubscribe();
			setToasts(() => loaded.Toasts);
		});
		return unsubscribe;
	}, []);
	return Toasts && <Toasts />;
}

/** Loads what draws messages after the page: for pages on which people work, with and without a network. */
export function useToastsAhead(): void {
	useAhead(loadToasts);
}

/** Undefined without a network: the next message tries again. */
async function loadToasts() {
	return await import("./toasts").catch(() => undefined);
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
