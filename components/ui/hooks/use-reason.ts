"use client";

import { type ReactNode, useState } from "react";

/** A press opens the reason: Radix's tooltips close at a press, and open at none on a touch screen. */
export function useReason(whyNot: ReactNode | undefined) {
	const [open, setOpen] = useState(false);
	const explain = (event: { preventDefault: () => void }) => {
		event.preventDefault();
		setOpen(true);
	};
	const tip = { open, onOpenChange: setOpen };
	if (whyNot === undefined) return { tip, control: {} };
	return { tip, control: { "aria-disabled": true, disabled: false, onClick: explain } as const };
}
