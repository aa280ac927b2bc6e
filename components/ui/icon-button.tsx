"use client";

import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
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
				className={cn(
					"inline-grid flex-none place-items-center rounded-2 text-ink-2 transition-colors",
					"not-disabled:not-aria-disabled:hover:bg-fill not-disabled:not-aria-disabled:hover:text-ink not-aria-disabled:active:bg-fill-2 aria-pressed:bg-fill-2 aria-pressed:text-ink",
					"disabled:cursor-not-allowed disabled:text-(--ink-off) aria-disabled:cursor-not-allowed aria-disabled:text-(--ink-off) data-[state=open]:bg-fill-2 data-[state=open]:text-ink",
					"[&>svg]:size-4 phone:size-11 phone:[&>svg]:size-5",
					size === "bar" ? "size-7" : "size-6",
					className,
				)}
			/>
		</Tooltip>
	);
}
