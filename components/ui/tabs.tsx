"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export function Tabs({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
	return <Primitive.Root className={cn("flex min-h-0 flex-col", className)} {...rest} />;
}

interface TabListProps extends ComponentProps<typeof Primitive.List> {
	/** `strip` is 34 px, for the panel under the canvas. */
	size?: "panel" | "strip";
	/** At the right end of the row. */
	end?: ReactNode;
}

export function TabList({ size = "panel", end, className, children, ...rest }: TabListProps) {
	return (
		<div
			className={cn(
				"flex flex-none items-center gap-5 border-line border-b px-4 phone:h-[45px] phone:gap-2",
				size === "panel" ? "h-9" : "h-[34px]",
				className,
			)}
		>
			<Primitive.List className="flex h-full gap-5 phone:gap-2" {...rest}>
				{children}
			</Primitive.List>
			{end && <div className="ml-auto flex min-w-0 items-center gap-1">{end}</div>}
		</div>
	);
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
	return (
		<Primitive.Trigger
			className={cn(
				"relative flex items-center gap-1.5 whitespace-nowrap font-medium text-12 text-ink-2 transition-colors hover:text-ink phone:min-w-11 phone:justify-center data-[state=active]:text-ink",
				"data-[state=active]:after:absolute data-[state=active]:after:inset-x-0 data-[state=active]:after:-bottom-px data-[state=active]:after:h-0.5 data-[state=active]:after:rounded-[1px] data-[state=active]:after:bg-accent",
				className,
			)}
			{...rest}
		/>
	);
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
	return <Primitive.Content className={cn("min-h-0 flex-1 outline-none", className)} {...rest} />;
}
