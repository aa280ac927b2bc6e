"use client";

import { type RefObject, useEffect, useRef } from "react";

/** Moves the focus to an element when something else has taken the place of the one that had it. */
export function useFocusWhen<Element extends HTMLElement>(isWanted: boolean): RefObject<Element | null> {
	const element = useRef<Element>(null);
	useEffect(() => {
		if (isWanted) element.current?.focus({ preventScroll: true });
	}, [isWanted]);
	return element;
}
