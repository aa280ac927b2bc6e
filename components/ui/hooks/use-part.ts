"use client";

import { type ComponentType, useEffect, useState } from "react";

/** A large part of a page that is loaded when it is first shown. */
export interface LargePart<Props> {
	load: () => Promise<ComponentType<Props>>;
	/** Once it is loaded. */
	known?: ComponentType<Props>;
}

export type PartState<Props> =
	| { status: "loading" }
	| { status: "loaded"; Part: ComponentType<Props> }
	| { status: "failed"; retry: () => void };

/**
 * Loads a part of the page. One that cannot be loaded, as without a network, takes nothing else of the page with it, and
 * is tried again when it is shown next.
 */
export function usePart<Props>(part: LargePart<Props>): PartState<Props> {
	const [Part, setPart] = useState(() => part.known);
	const [failures, setFailures] = useState(0);
	const [attempts, setAttempts] = useState(1);
	useEffect(() => {
		let isShown = true;
		loadPart(part).then(
			(loaded) => isShown && setPart(() => loaded),
			() => isShown && setFailures(attempts),
		);
		return () => {
			isShown = false;
		};
	}, [part, attempts]);
	if (Part) return { status: "loaded", Part };
	if (failures < attempts) return { status: "loading" };
	return { status: "failed", retry: () => setAttempts(attempts + 1) };
}

async function loadPart<Props>(part: LargePart<Props>): Promise<ComponentType<Props>> {
	part.known ??= await part.load();
	return part.known;
}
