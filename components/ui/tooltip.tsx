"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
	label: ReactNode;
	shortcut?: string;
	side?: "top" | "bottom" | "left" | "right";
	open?: boolean;
	onOpenChange?: (open: boolean) => void;
	/** One element that can hold a ref. */
	children: ReactNode;
}

export function TooltipProvider({ children }: { children: ReactNode }) {
	return (
		<Primitive.Provider delayDuration={400} skipDelayDuration={200}>
			{children}
		</Primitive.Provider>
	);
}

export function Tooltip({ label, shortcut, side = "bottom", open, onOpenChange, children }: TooltipProps) {
	return (
		<Primitive.Root open={open} onOpenChange={onOpenChange}>
			<Primitive.Trigger asChild>{children}</Primitive.Trigger>
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
	);
}
