"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cn } from "./class-names";
import { useReturnFocus } from "./hooks/use-return-focus";
import { IconButton } from "./icon-button";

interface DialogProps {
	open: boolean;
	onOpenChange: (open: boolean) => void;
	title: ReactNode;
	/** One sentence under the title; without it the dialog has none to read out. */
	description?: ReactNode;
	/** Under the title, above the scrolling body. */
	head?: ReactNode;
	/** Actions, at the bottom and always in view. */
	foot?: ReactNode;
	className?: string;
	children: ReactNode;
}

/**
 * Where the caret goes when a dialog opens: the first thing to fill in, else the dialog itself. The button that closes it
 * would show its tooltip, which takes the first Escape.
 */
const FIRST_CONTROL = "input:not([type=file]), textarea, [role=combobox], [role=radio], [role=switch], [aria-pressed]";

/** A 520 px dialog; on a phone it rises from the bottom edge. */
export function Dialog({ open, onOpenChange, title, description, head, foot, className, children }: DialogProps) {
	const body = useRef<HTMLDivElement>(null);
	const returnFocus = useReturnFocus(open);
	const focusFirst = (event: Event) => {
		event.preventDefault();
		const control = body.current?.querySelector<HTMLElement>(FIRST_CONTROL);
		if (control) control.focus();
		else if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
	};
	return (
		<Primitive.Root open={open} onOpenChange={onOpenChange}>
			<Primitive.Portal>
				<Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-(--scrim)" />
				<Primitive.Content
					{...(description ? {} : { "aria-describedby": undefined })}
					onOpenAutoFocus={focusFirst}
					onCloseAutoFocus={returnFocus}
					className={cn(
						"fixed top-1/2 left-1/2 z-40 flex max-h-[min(720px,calc(100dvh-48px))] w-[520px] -translate-x-1/2 -translate-y-1/2 animate-rise flex-col overflow-hidden rounded-4 border border-line bg-panel shadow-3 outline-none",
						"phone:inset-x-0 phone:top-auto phone:bottom-0 phone:max-h-[calc(100dvh-32px)] phone:w-auto phone:translate-none phone:rounded-b-none",
						className,
					)}
				>
					<div className="px-5 pt-4 pb-3">
						<div className="flex items-center gap-2">
							<Primitive.Title className="min-w-0 flex-1 truncate font-semibold text-15">{title}</Primitive.Title>
							<Primitive.Close asChild>
								<IconButton label="Close" size="panel" className="-mr-1">
									<X />
								</IconButton>
							</Primitive.Close>
						</div>
						{description && (
							<Primitive.Description className="mt-1 text-12 text-ink-3">{description}</Primitive.Description>
						)}
						{head}
					</div>
					<div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">
						{children}
					</div>
					{foot && (
						<div className="flex flex-none items-center gap-2 border-line border-t bg-page px-5 py-3 phone:flex-wrap phone:px-4 phone:pb-5">
							{foot}
						</div>
					)}
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}
