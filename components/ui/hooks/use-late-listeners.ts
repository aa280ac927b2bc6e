"use client";

import { type ComponentProps, type FocusEvent, type MouseEvent, type PointerEvent, useRef, useState } from "react";

/** How somebody comes to a control, and leaves it. */
export type Listeners = Pick<
	ComponentProps<"button">,
	"onPointerMove" | "onPointerLeave" | "onPointerDown" | "onFocus" | "onBlur" | "onClick"
>;

type Pointing = PointerEvent<HTMLButtonElement>;
type Focusing = FocusEvent<HTMLButtonElement>;
type Pressing = MouseEvent<HTMLButtonElement>;

/**
 * For a control whose listeners come later than it does. Who has come to it before they were there is told to them as soon
 * as they are, unless it was left or pressed meanwhile.
 */
export function useLateListeners() {
	const late = useRef<Listeners>({});
	const missed = useRef<() => void>(undefined);
	const [isNear, setNear] = useState(false);
	const come = (tell: () => void) => {
		if (isNear && !missed.current) return tell();
		missed.current = tell;
		setNear(true);
	};
	const forget = () => {
		missed.current = undefined;
	};
	const leave = () => {
		forget();
		setNear(false);
	};
	return {
		isNear,
		leave,
		listeners: {
			onPointerMove: (event: Pointing) => come(() => late.current.onPointerMove?.(event)),
			onFocus: (event: Focusing) => come(() => late.current.onFocus?.(event)),
			onPointerLeave(event: Pointing) {
				leave();
				late.current.onPointerLeave?.(event);
			},
			onBlur(event: Focusing) {
				leave();
				late.current.onBlur?.(event);
			},
			onPointerDown(event: Pointing) {
				forget();
				late.current.onPointerDown?.(event);
			},
			onClick(event: Pressing) {
				forget();
				late.current.onClick?.(event);
			},
		},
		/** To be called with the listeners whenever they have been drawn anew. */
		attach(listeners: Listeners) {
			late.current = listeners;
			const tell = missed.current;
			missed.current = undefined;
			tell?.();
		},
	};
}
