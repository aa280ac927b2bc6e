import { createStore } from "zustand";

interface Session {
	/** Every call is refused until the user signs in again. */
	isEnded: boolean;
	/** The dialog that asks for signing in again is open. */
	isAsking: boolean;
}

/** Whether the person is still signed in, as far as the last answers of the server tell. */
export const session = createStore<Session>(() => ({ isEnded: false, isAsking: false }));

/** Asks once, and again with every mutation. */
export function noteSessionEnd(wanted: "read" | "change"): void {
	session.setState(({ isEnded, isAsking }) => ({
		isEnded: true,
		isAsking: isAsking || !isEnded || wanted === "change",
	}));
}

export function noteSignedIn(): void {
	session.setState({ isEnded: false, isAsking: false });
}

/** Calls back after the user has signed in again; returns the function that unsubscribes. */
export function onSignedInAgain(goOn: () => void): () => void {
	return session.subscribe((now, before) => {
		if (before.isEnded && !now.isEnded) goOn();
	});
}
