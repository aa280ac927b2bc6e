"use client";

import { useRef } from "react";

/** What leads back from the dialog that opened last: its opener, then those of the dialogs that this one stood in. */
let newest: readonly HTMLElement[] = [];

/**
 * Gives the focus back to what opened a dialog. Radix does so for its own triggers alone, and leaves it on the page's body
 * otherwise. Returns what a dialog does on its `onCloseAutoFocus`.
 */
export function useReturnFocus(open: boolean): (event: Event) => void {
	const openers = useRef<readonly HTMLElement[]>([]);
	const wasOpen = useRef(false);
	// While it is drawn: once it is there, a field of it may have the focus already.
	if (open && !wasOpen.current) {
		openers.current = findOpeners();
		newest = openers.current;
	}
	wasOpen.current = open;
	return (event) => {
		event.preventDefault();
		const opener = openers.current.find((element) => element.isConnected);
		if (opener && !isBehindDialog(opener)) opener.focus();
	};
}

function findOpeners(): HTMLElement[] {
	const active = typeof document === "undefined" ? null : document.activeElement;
	if (!(active instanceof HTMLElement) || active === document.body) return [];
	const menu = active.closest("[role=menu]");
	const opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : active;
	const around = active.closest(DIALOGS) ? newest.filter((element) => element.isConnected) : [];
	return opener ? [opener, ...around] : [...around];
}

const DIALOGS = "[role=dialog], [role=alertdialog]";

/** One dialog has taken the place of another. */
function isBehindDialog(element: HTMLElement): boolean {
	const top = [...document.querySelectorAll(DIALOGS)].at(-1);
	return top !== undefined && !top.contains(element);
}
