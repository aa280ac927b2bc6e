"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

interface WantedScreen<Screen> {
	/** Undefined until it is wanted and has been loaded. */
	Screen: Screen | undefined;
	/** Asks for the screen; a button of that label is pressed on it. */
	want: (label?: string) => void;
	isLoading: boolean;
	/** It could not be loaded, and was wanted. */
	isFailed: boolean;
	/** To be called once the screen is there. */
	goOn: () => void;
}

/**
 * The screen that one can do more on than look: loaded when somebody wants to, or comes to a step or a moment of the run.
 * @param load the same function each time
 */
export function useWantedScreen<Screen>(load: () => Promise<Screen>): WantedScreen<Screen> {
	const address = useSearchParams();
	const isAddressed = address.has("step") || address.has("moment");
	const [wishes, setWishes] = useState(0);
	const [Screen, setScreen] = useState<Screen>();
	const [failedAt, setFailedAt] = useState<number>();
	const pressed = useRef<string>(undefined);
	const isWanted = isAddressed || wishes > 0;
	useEffect(() => {
		if (!isWanted) return;
		load().then(
			(loaded) => setScreen(() => loaded),
			() => setFailedAt(wishes),
		);
	}, [load, isWanted, wishes]);
	const want = useCallback((label?: string) => {
		pressed.current = label;
		setWishes((before) => before + 1);
	}, []);
	const goOn = useCallback(() => {
		const label = pressed.current;
		pressed.current = undefined;
		if (label !== undefined) pressAgain(label);
	}, []);
	const isFailed = failedAt === wishes && !Screen;
	return { Screen, want, isLoading: isWanted && !Screen && !isFailed, isFailed, goOn };
}

const PRESSABLE = "button, [role=tab], [role=checkbox]";

function pressAgain(label: string): void {
	const found = [...document.querySelectorAll<HTMLElement>(PRESSABLE)].find((element) => nameOf(element) === label);
	found?.focus();
	found?.click();
}

function nameOf(element: HTMLElement): string {
	const labels = element instanceof HTMLButtonElement ? [...element.labels].map((label) => label.textContent) : [];
	return element.getAttribute("aria-label") ?? labels[0]?.trim() ?? firstText(element);
}

/** Without a number that stands behind it. */
function firstText(element: HTMLElement): string {
	const [first] = [...element.childNodes].map(({ textContent }) => textContent?.trim()).filter(Boolean);
	return first ?? "";
}
