"use client";

import { Popover as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

interface PopoverProps extends Pick<ComponentProps<typeof Primitive.Content>, "align" | "side"> {
	/** One element that can hold a ref. */
	trigger: ReactNode;
	open?: boolean;
	onOpenChange?: (open: boolean) => void;
	/** What the popover is about, for those who cannot see where it hangs. */
	"aria-label": string;
	className?: string;
	children: ReactNode;
}

export function Popover(props: PopoverProps) {
	const { trigger, open, onOpenChange, align = "start", side, className, children, ...aria } = props;
	return (
		<Primitive.Root open={open} onOpenChange={onOpenChange}>
			<Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
			<Primitive.Portal>
				<Primitive.Content
					{...aria}
					align={align}
					side={side}
					sideOffset={4}
					collisionPadding={8}
					className={cn(
						"z-50 max-w-[calc(100vw-16px)] animate-fade rounded-3 border border-line bg-panel p-3 shadow-2 outline-none",
						className,
					)}
				>
					{children}
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}
