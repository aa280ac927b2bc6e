"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "./class-names";

interface PanelSectionProps {
	title: string;
	/** At the right of the head. */
	end?: ReactNode;
	startOpen?: boolean;
	/** Takes the rest of the panel's height. */
	fill?: boolean;
	children: ReactNode;
}

/** A part of a side panel that folds. */
export function PanelSection({ title, end, startOpen = true, fill, children }: PanelSectionProps) {
	const [open, setOpen] = useState(startOpen);
	const Chevron = open ? ChevronDown : ChevronRight;
	return (
		<section className={cn("flex flex-none flex-col", fill && open && "min-h-50 flex-1")} aria-label={title}>
			<h3 className="flex-none border-line border-t">
				<button
					type="button"
					aria-expanded={open}
					className="flex h-8 w-full items-center gap-1.5 px-4 text-left font-semibold text-12 hover:bg-fill phone:h-11"
					onClick={() => setOpen(!open)}
				>
					<Chevron aria-hidden="true" className="size-3 flex-none text-ink-3" />
					<span className="flex-none">{title}</span>
					{end && <span className="ml-auto flex min-w-0 items-center gap-1 font-normal text-ink-3">{end}</span>}
				</button>
			</h3>
			{open && children}
		</section>
	);
}
