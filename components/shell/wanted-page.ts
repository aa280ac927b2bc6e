import { createStore } from "zustand";

interface WantedPage {
	/** The address of the page that was asked for last, until it is there. */
	address: string | null;
}

/** Set by the router for every link, command and step back, before the server is asked. */
export const wantedPage = createStore<WantedPage>(() => ({ address: null }));
