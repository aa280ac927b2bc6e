"use client";

import { Dialog } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { useReturnFocus } from "@/components/ui/hooks/use-return-focus";

interface SearchDialogProps {
	isOpen: boolean;
	onClose: () => void;
	title: string;
	/** The title is only read out. */
	isTitleHidden?: boolean;
	isWide?: boolean;
	/** Called when it has closed. The focus goes back to what opened it, unless this prevents the default. */
	onCloseAutoFocus: (event: Event) => void;
	children: ReactNode;
}

/** A searched list over the whole page. */
export function SearchDialog(props: SearchDialogProps) {
	const { isOpen, onClose, title, isTitleHidden = false, isWide = false, onCloseAutoFocus, children } = props;
	const returnFocus = useReturnFocus(isOpen);
	return (
		<Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
			<Dialog.Portal>
				<Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-(--scrim)" />
				<Dialog.Content
					aria-describedby={undefined}
					className={cn(
						"fixed top-28 left-1/2 z-40 max-w-[calc(100vw-16px)] -translate-x-1/2 animate-fade overflow-hidden rounded-4 border border-line bg-panel shadow-3 outline-none phone:top-2",
						isWide ? "w-[600px]" : "w-[440px]",
					)}
					onCloseAutoFocus={(event) => {
						onCloseAutoFocus(event);
						if (!event.defaultPrevented) returnFocus(event);
					}}
				>
					<Dialog.Title className={isTitleHidden ? "sr-only" : "px-4 pt-3 font-semibold"}>{title}</Dialog.Title>
					{children}
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

interface SearchMenuProps<About> {
	/** What it is about; null while it is closed. */
	about: About | null;
	title: (about: About) => string;
	onClose: () => void;
	/** Gives the focus back to what the menu was about. */
	onReturn: (about: About) => void;
	children: (about: About) => ReactNode;
}

/** What is chosen for steps from a searched list: another type, a container, what they lead to. */
export function SearchMenu<About>({ about, title, onClose, onReturn, children }: SearchMenuProps<About>) {
	const last = useRef<About | null>(null);
	if (about !== null) last.current = about;
	return (
		<SearchDialog
			isOpen={about !== null}
			onClose={onClose}
			title={about === null ? "" : title(about)}
			onCloseAutoFocus={(event) => {
				event.preventDefault();
				if (last.current !== null) onReturn(last.current);
			}}
		>
			{about !== null && children(about)}
		</SearchDialog>
	);
}
