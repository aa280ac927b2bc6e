import type { ReactNode } from "react";

interface TimelineKeyProps {
	/** Of the checkbox. */
	id: string;
	/** The checkbox. */
	children: ReactNode;
}

/** What the bars mean, and whether the shortest are left out. */
export function TimelineKey({ id, children }: TimelineKeyProps) {
	return (
		<div className="flex min-w-0 items-center gap-3 pr-2 text-11 text-ink-3">
			<span className="flex items-center gap-1 max-lg:hidden">
				<i className="h-2 w-3.5 rounded-[2px] bg-ink-3" />
				work
			</span>
			<span className="flex items-center gap-1 max-lg:hidden">
				<i className="h-2 w-3.5 rounded-[2px] bg-[repeating-linear-gradient(135deg,var(--ink-3)_0_2px,var(--fill)_2px_5px)]" />
				wait
			</span>
			<label htmlFor={id} className="flex min-w-0 cursor-pointer items-center gap-1.5 text-12">
				{children}
				<span className="truncate">Hide instant steps</span>
			</label>
		</div>
	);
}
