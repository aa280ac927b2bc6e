"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { TAB_LIST_LOOK, TAB_LOOK, TabFrame } from "./tab-frame";

export function Tabs({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
	return <Primitive.Root className={cn("flex min-h-0 flex-col", className)} {...rest} />;
}

interface TabListProps extends ComponentProps<typeof Primitive.List> {
	/** `strip` is 34 px, for the panel under the canvas. */
	size?: "panel" | "strip";
	/** At the right end of the row. */
	end?: ReactNode;
}

export function TabList({ size, end, className, children, ...rest }: TabListProps) {
	return (
		<TabFrame size={size} end={end} className={className}>
			<Primitive.List className={TAB_LIST_LOOK} {...rest}>
				{children}
			</Primitive.List>
		</TabFrame>
	);
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
	return <Primitive.Trigger className={cn(TAB_LOOK, className)} {...rest} />;
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
	return <Primitive.Content className={cn("min-h-0 flex-1 outline-none", className)} {...rest} />;
}
