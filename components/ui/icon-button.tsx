"use client";

import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { iconButtonLook } from "./icon-button-look";
import { Tooltip } from "./tooltip";

export interface IconButtonProps extends ComponentProps<"button"> {
	/** What the button does: its accessible name and its tooltip. */
	label: string;
	/** The key that does the same, shown in the tooltip. */
	shortcut?: string;
	/** `panel` is 24 px, for the inside of panels and rows. */
	size?: "bar" | "panel";
	pressed?: boolean;
	/** Renders the only child with the button's looks: for links. */
	asChild?: boolean;
	tooltipSide?: "top" | "bottom" | "left" | "right";
	/** Said in the tooltip in the place of the label. */
	hint?: ReactNode;
	/** Whether the tooltip is open, where something else than pointing at the button decides. */
	tip?: { open: boolean; onOpenChange: (open: boolean) => void };
}

export function IconButton(props: IconButtonProps) {
	const { label, shortcut, size = "bar", pressed, asChild, tooltipSide, hint, tip, className, ...rest } = props;
	const Component = asChild ? Slot.Root : "button";
	return (
		<Tooltip label={hint ?? label} shortcut={shortcut} side={tooltipSide} {...tip}>
			<Component
				{...(asChild ? {} : { type: "button" as const })}
				aria-label={label}
				aria-pressed={pressed}
				{...rest}
				className={iconButtonLook(size, className)}
			/>
		</Tooltip>
	);
}
