"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { useStore } from "zustand";
import { StateIcon } from "../run-state/state-icon";
import { waitingToasts } from "./waiting-toasts";

/** The corner in which messages appear; takes over those that were there before it. */
export function Toasts() {
	useShowing();
	return (
		<Sonner
			position="top-center"
			gap={8}
			offset={{ top: 60 }}
			// Above all that is filled in: dialogs rise from the bottom edge there.
			mobileOffset={{ top: 8, left: 16, right: 16 }}
			icons={{
				success: <StateIcon state="completed" label="Done" />,
				error: <StateIcon state="failed" label="Error" />,
				info: <StateIcon state="queued" label="" />,
			}}
			toastOptions={{
				unstyled: true,
				classNames: {
					toast:
						"inset-x-0 mx-auto flex w-fit min-w-60 max-w-90 phone:mx-0 phone:w-full phone:max-w-none items-start gap-2.5 rounded-3 border border-line bg-panel px-3 py-2.5 font-sans text-13 text-ink shadow-2",
					icon: "mt-0.5 flex-none",
					content: "min-w-0 flex-1",
					title: "font-medium break-words",
					description: "text-12 text-ink-3 break-words",
					actionButton: "ml-auto flex-none font-medium text-12 text-accent hover:underline",
				},
			}}
		/>
	);
}

function useShowing(): void {
	const waiting = useStore(waitingToasts);
	useEffect(() => {
		if (waiting.length === 0) return;
		waitingToasts.setState([], true);
		for (const { kind, message, description } of waiting) {
			if (kind === "error") toast.error(message, { id: message });
			else if (kind === "waiting") toast.info(message, { id: message });
			else toast.success(message, { description });
		}
	}, [waiting]);
}
