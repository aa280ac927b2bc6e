"use client";

import { Toaster as Sonner, toast } from "sonner";
import { StateIcon } from "./state-icon";
import { useIsPhone } from "./use-is-phone";

export function Toaster() {
	const isPhone = useIsPhone();
	return (
		<Sonner
			position={isPhone ? "bottom-center" : "top-center"}
			gap={8}
			offset={{ top: 60 }}
			mobileOffset={{ bottom: 80, left: 16, right: 16 }}
			icons={{
				success: <StateIcon state="completed" label="Done" />,
				error: <StateIcon state="failed" label="Error" />,
				info: <StateIcon state="queued" label="" />,
			}}
			toastOptions={{
				unstyled: true,
				classNames: {
					toast:
						"inset-x-0 mx-auto flex w-fit min-w-60 max-w-90 phone:w-full phone:max-w-none items-start gap-2.5 rounded-3 border border-line bg-panel px-3 py-2.5 font-sans text-13 text-ink shadow-2",
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

/** Tells that something went wrong, for errors that have no better place than the corner of the screen. */
export function showError(message: string): void {
	toast.error(message, { id: message });
}

export function showDone(message: string, description?: string): void {
	toast.success(message, { description });
}
