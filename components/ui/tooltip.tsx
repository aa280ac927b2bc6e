"use client";

import { Slot } from "radix-ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAhead } from "./hooks/use-ahead";
import { useLateListeners } from "./hooks/use-late-listeners";
import { type LargePart, loadPart } from "./lazy-part";
import type { TooltipBubbleProps } from "./tooltip-bubble";
import type { TooltipProps } from "./tooltip-props";

const bubble: LargePart<TooltipBubbleProps> = {
	load: () => import("./tooltip-bubble").then((module) => module.TooltipBubble),
	name: "The tooltip",
};

const loadBubble = () => loadPart(bubble);

/** For pages on which people work, with and without a network: what shows tooltips comes after the page. */
export function useTooltipsAhead(): void {
	useAhead(loadBubble);
}

interface ExplainedProps extends TooltipProps {
	/** One element that can hold a ref. */
	children: ReactNode;
}

/** Explains an element to whoever points at it or focuses it. What shows that is loaded then, and stands beside it. */
export function Tooltip({ children, ...tip }: ExplainedProps) {
	const anchor = useRef<HTMLButtonElement>(null);
	const [describedBy, setDescribedBy] = useState<string>();
	const { isNear, leave, listeners, attach } = useLateListeners();
	const Bubble = useBubble(isNear || tip.open === true, leave);
	return (
		<>
			<Slot.Root ref={anchor} aria-describedby={describedBy} {...listeners}>
				{children}
			</Slot.Root>
			{Bubble && tip.label !== undefined && (
				<Bubble {...tip} anchor={anchor} attach={attach} onDescribe={setDescribedBy} />
			)}
		</>
	);
}

/** Undefined until it is wanted and there. Where it cannot be loaded, coming again tries again. */
function useBubble(isWanted: boolean, onFailed: () => void) {
	const [Bubble, setBubble] = useState<typeof bubble.known>();
	const isMissing = isWanted && Bubble === undefined;
	const failed = useRef(onFailed);
	failed.current = onFailed;
	useEffect(() => {
		if (!isMissing) return;
		let isShown = true;
		loadBubble().then(
			(loaded) => isShown && setBubble(() => loaded),
			() => isShown && failed.current(),
		);
		return () => {
			isShown = false;
		};
	}, [isMissing]);
	return Bubble;
}
