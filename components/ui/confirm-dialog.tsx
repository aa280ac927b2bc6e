"use client";

import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { GuardedButton } from "./guarded";
import { useReturnFocus } from "./hooks/use-return-focus";

interface ConfirmDialogProps {
	open: boolean;
	onOpenChange: (open: boolean) => void;
	title: string;
	/** What is lost, and what is not. */
	children: ReactNode;
	/** The verb and its object: `Delete workflow`. */
	action: string;
	/** The safe answer, where “Cancel” could be taken for the action. */
	dismiss?: string;
	danger?: boolean;
	busy?: boolean;
	/** Why it cannot be done by now, if so. */
	whyNot?: ReactNode | undefined;
	onConfirm: () => void;
}

/** Asks before something that cannot be undone; the safe answer has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
	const { open, onOpenChange, title, children, action, dismiss = "Cancel", danger, busy, whyNot, onConfirm } = props;
	const returnFocus = useReturnFocus(open);
	return (
		<AlertDialog.Root open={open} onOpenChange={onOpenChange}>
			<AlertDialog.Portal>
				<AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-(--scrim)" />
				<AlertDialog.Content
					onCloseAutoFocus={returnFocus}
					className="fixed top-1/2 left-1/2 z-40 w-[min(440px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 animate-rise overflow-hidden rounded-4 border border-line bg-panel shadow-3 outline-none"
				>
					<div className="px-5 pt-4 pb-5">
						<AlertDialog.Title className="break-words font-semibold text-15">{title}</AlertDialog.Title>
						<AlertDialog.Description className="mt-2 text-ink-2">{children}</AlertDialog.Description>
					</div>
					<div className="flex justify-end gap-2 border-line border-t bg-page px-5 py-3">
						<AlertDialog.Cancel asChild>
							<Button intent="ghost" size="form">
								{dismiss}
							</Button>
						</AlertDialog.Cancel>
						<GuardedButton
							intent={danger ? "danger" : "primary"}
							size="form"
							busy={busy}
							whyNot={whyNot}
							onClick={onConfirm}
						>
							{action}
						</GuardedButton>
					</div>
				</AlertDialog.Content>
			</AlertDialog.Portal>
		</AlertDialog.Root>
	);
}
