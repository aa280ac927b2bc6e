"use client";

import { useStore } from "zustand";
import { useAhead } from "../ui/hooks/use-ahead";
import { type LargePart, LazyPart, loadPart } from "../ui/lazy-part";
import { session } from "./session";
import type { SessionDialogProps } from "./session-dialog";

const dialog: LargePart<SessionDialogProps> = {
	load: () => import("./session-dialog").then((module) => module.SessionDialog),
	name: "Signing in again",
};

const loadDialog = () => loadPart(dialog);

/** Asks for signing in again once a session has ended. Few sessions do while a page is open. */
export function SessionEnd(props: SessionDialogProps) {
	const isAsking = useStore(session, (state) => state.isAsking);
	useAhead(loadDialog);
	return isAsking && <LazyPart part={dialog} props={props} instead={<NotLoaded />} />;
}

function NotLoaded() {
	return (
		<p
			role="alert"
			className="fixed inset-x-0 bottom-6 z-50 mx-auto w-fit max-w-full rounded-3 border border-line bg-panel px-4 py-2 text-12 shadow-2"
		>
			Your session has ended, and there is no connection to sign in again. This goes on when it is back.
		</p>
	);
}
