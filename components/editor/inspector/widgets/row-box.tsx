"use client";

import { Plus, X } from "lucide-react";
import { type ReactNode, type Ref, type RefObject, useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";

/** Rows inside one border, with a last one that adds another. */
export function RowBox({ ref, children }: { ref?: Ref<HTMLDivElement>; children: ReactNode }) {
	return (
		<div
			ref={ref}
			className="overflow-hidden rounded-2 border border-line-strong bg-panel [&>*+*]:border-line-soft [&>*+*]:border-t"
		>
			{children}
		</div>
	);
}

export function AddRow({ onClick, children }: { onClick: () => void; children: ReactNode }) {
	return (
		<button
			type="button"
			data-add-row=""
			className="flex h-7 w-full items-center gap-2 px-2.5 text-left font-mono text-11 text-ink-3 -outline-offset-2 hover:bg-fill hover:text-ink phone:h-11"
			onClick={onClick}
		>
			<Plus aria-hidden="true" className="size-3" />
			{children}
		</button>
	);
}

export function RemoveRow({ label, onClick, className }: { label: string; onClick: () => void; className?: string }) {
	return (
		<IconButton label={label} size="panel" tooltipSide="left" className={cn("mr-1", className)} onClick={onClick}>
			<X />
		</IconButton>
	);
}

/** Puts the caret into a row that was just added: its first text, chosen, so that typing replaces it. */
export function useFocusAdded(count: number): { box: RefObject<HTMLDivElement | null>; focusAdded: () => void } {
	const box = useRef<HTMLDivElement>(null);
	const isWanted = useRef(false);
	useEffect(() => {
		const row = box.current?.children[count - 1];
		if (isWanted.current) row?.querySelector("input")?.select();
		isWanted.current = false;
	}, [count]);
	return {
		box,
		focusAdded: () => {
			isWanted.current = true;
		},
	};
}
