"use client";

import { Tooltip as Primitive } from "radix-ui";
import { type ComponentProps, type RefObject, useLayoutEffect } from "react";
import type { Listeners } from "./hooks/use-late-listeners";
import type { TooltipProps } from "./tooltip-props";

export interface TooltipBubbleProps extends TooltipProps {
	/** What is explained. */
	anchor: RefObject<HTMLButtonElement | null>;
	/** Takes the listeners of what is explained. */
	attach: (listeners: Listeners) => void;
	/** Tells the id of what describes it while that is shown. */
	onDescribe: (id: string | undefined) => void;
}

const DELAY_MS = 400;
/** Whoever goes from one tooltip to the next does not wait again. */
const SKIP_DELAY_MS = 200;
let closedAt = Number.NEGATIVE_INFINITY;

export function TooltipBubble(props: TooltipBubbleProps) {
	const { label, shortcut, side = "bottom", open, onOpenChange, ...trigger } = props;
	const delay = performance.now() - closedAt < SKIP_DELAY_MS ? 0 : DELAY_MS;
	const change = (isOpen: boolean) => {
		if (!isOpen) closedAt = performance.now();
		onOpenChange?.(isOpen);
	};
	return (
		<Primitive.Provider delayDuration={delay}>
			<Primitive.Root open={open} onOpenChange={change}>
				<Primitive.Trigger asChild>
					<Elsewhere {...trigger} />
				</Primitive.Trigger>
				<Primitive.Portal>
					<Primitive.Content
						side={side}
						sideOffset={6}
						collisionPadding={8}
						className="z-50 max-w-80 animate-fade rounded-2 bg-ink px-2 py-[3px] text-12 text-panel leading-[18px] shadow-2"
					>
						{label}
						{shortcut && <span className="ml-1.5 opacity-70">{shortcut}</span>}
					</Primitive.Content>
				</Primitive.Portal>
			</Primitive.Root>
		</Primitive.Provider>
	);
}

type ElsewhereProps = Pick<TooltipBubbleProps, "anchor" | "attach" | "onDescribe"> &
	Listeners &
	Pick<ComponentProps<"button">, "aria-describedby" | "ref">;

/** Stands for an element that is drawn elsewhere already: hands on to it what Radix gives its trigger. */
function Elsewhere({ anchor, attach, onDescribe, ref, ...given }: ElsewhereProps) {
	const describedBy = given["aria-describedby"];
	useLayoutEffect(() => {
		if (typeof ref === "function") return ref(anchor.current);
		if (ref) ref.current = anchor.current;
	}, [ref, anchor]);
	useLayoutEffect(() => attach(given));
	useLayoutEffect(() => onDescribe(describedBy), [onDescribe, describedBy]);
	return null;
}
