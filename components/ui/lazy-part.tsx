"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { ErrorRow } from "./error-row";

/** A large part of a page that is loaded when it is first shown, and kept from then on. */
export interface LargePart<Props> {
	load: () => Promise<ComponentType<Props>>;
	/** As the sentence begins that says what could not be loaded: `The text editor`. */
	name: string;
	/** Once it is loaded. */
	known?: ComponentType<Props>;
}

interface LazyPartProps<Props> {
	part: LargePart<Props>;
	props: Props;
	/** In its place while it is loaded. */
	loading?: ReactNode;
	/** In its place where it cannot be loaded, when there is something that does for it. */
	instead?: ReactNode;
}

/**
 * Shows a large part of the page. One that cannot be loaded, as without a network, takes nothing else of the page with it:
 * it is tried again when asked, when the network is back, and when it is shown next.
 */
export function LazyPart<Props extends object>({ part, props, loading, instead }: LazyPartProps<Props>) {
	const { Part, isFailed, retry } = useLoaded(part);
	if (Part) return <Part {...props} />;
	if (!isFailed) return loading;
	return (
		instead ?? (
			<ErrorRow onRetry={retry}>{part.name} could not be loaded. Check your connection, then try again.</ErrorRow>
		)
	);
}

function useLoaded<Props>(part: LargePart<Props>) {
	const [Part, setPart] = useState(() => part.known);
	const [failures, setFailures] = useState(0);
	const [attempts, setAttempts] = useState(1);
	const isFailed = failures >= attempts;
	const retry = () => setAttempts(failures + 1);
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
	useEffect(() => {
		if (!isFailed) return;
		const goOn = () => setAttempts(failures + 1);
		addEventListener("online", goOn);
		return () => removeEventListener("online", goOn);
	}, [isFailed, failures]);
	return { Part, isFailed, retry };
}

/** Loads it once; throws where that fails, and may be asked again. */
export async function loadPart<Props>(part: LargePart<Props>): Promise<ComponentType<Props>> {
	part.known ??= await part.load();
	return part.known;
}
