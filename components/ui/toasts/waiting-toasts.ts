import { createStore } from "zustand";

interface WaitingToast {
	kind: "error" | "done" | "waiting";
	message: string;
	description?: string | undefined;
}

/** Messages that are not shown yet: the toaster takes them over when it has been loaded. */
export const waitingToasts = createStore<readonly WaitingToast[]>(() => []);

export function addToast(toast: WaitingToast): void {
	waitingToasts.setState((waiting) => [...waiting, toast], true);
}
