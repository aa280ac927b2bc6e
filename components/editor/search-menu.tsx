"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";

interface SearchMenuProps {
	isOpen: boolean;
	onClose: () => void;
	/** Gives the focus back to what the menu was about. */
	onReturn: () => void;
	children: ReactNode;
}

/** A list over the canvas that is searched by typing: what a step is connected with, or moved into. */
export function SearchMenu({ isOpen, onClose, onReturn, children }: SearchMenuProps) {
	return (
		<Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
			<Dialog.Portal>
				<Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-(--scrim)" />
				<Dialog.Content
					aria-describedby={undefined}
					className="fixed top-28 left-1/2 z-40 w-[min(440px,calc(100vw-16px))] -translate-x-1/2 animate-fade overflow-hidden rounded-4 border border-line bg-panel shadow-3 outline-none"
					onCloseAutoFocus={(event) => {
						event.preventDefault();
						onReturn();
					}}
				>
					{children}
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

interface SearchMenuHeadProps {
	title: string;
	placeholder: string;
	search: string;
	onSearch: (search: string) => void;
}

/** What is chosen, and the field that narrows the list. */
export function SearchMenuHead({ title, placeholder, search, onSearch }: SearchMenuHeadProps) {
	return (
		<>
			<Dialog.Title className="px-4 pt-3 font-semibold">{title}</Dialog.Title>
			<div className="flex h-11 items-center gap-2.5 border-line border-b px-4">
				<Search aria-hidden="true" className="size-4 flex-none text-ink-3" />
				<Command.Input
					autoFocus
					value={search}
					onValueChange={onSearch}
					placeholder={placeholder}
					className="min-w-0 flex-1 bg-transparent outline-none"
				/>
			</div>
		</>
	);
}
