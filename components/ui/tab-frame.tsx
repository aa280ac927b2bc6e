import type { ReactNode } from "react";
import { cn } from "./class-names";

export const TAB_LIST_LOOK = "flex h-full gap-5 phone:gap-2";
export const TAB_LOOK = cn(
	"relative flex items-center gap-1.5 whitespace-nowrap font-medium text-12 text-ink-2 transition-colors hover:text-ink phone:min-w-11 phone:justify-center data-[state=active]:text-ink",
	"data-[state=active]:after:absolute data-[state=active]:after:inset-x-0 data-[state=active]:after:-bottom-px data-[state=active]:after:h-0.5 data-[state=active]:after:rounded-[1px] data-[state=active]:after:bg-accent",
);

interface TabFrameProps {
	/** `strip` is 34 px, for the panel under the canvas. */
	size?: "panel" | "strip";
	/** At the right end of the row. */
	end?: ReactNode;
	className?: string;
	children: ReactNode;
}

/** The row that tabs stand in. */
export function TabFrame({ size = "panel", end, className, children }: TabFrameProps) {
	return (
		<div
			className={cn(
				"flex flex-none items-center gap-5 border-line border-b px-4 phone:h-[45px] phone:gap-2",
				size === "panel" ? "h-9" : "h-[34px]",
				className,
			)}
		>
			{children}
			{end && <div className="ml-auto flex min-w-0 items-center gap-1">{end}</div>}
		</div>
	);
}
