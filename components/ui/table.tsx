import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Table({ className, ...rest }: ComponentProps<"table">) {
	return <table className={cn("w-full table-fixed border-collapse", className)} {...rest} />;
}

interface HeadCellProps extends ComponentProps<"th"> {
	numeric?: boolean;
}

export function HeadCell({ numeric, className, ...rest }: HeadCellProps) {
	return (
		<th
			scope="col"
			className={cn(
				"h-8 whitespace-nowrap border-line border-b px-2 text-left font-medium text-11 text-ink-3 first:pl-5 last:pr-5",
				numeric && "text-right",
				className,
			)}
			{...rest}
		/>
	);
}

interface RowProps extends ComponentProps<"tr"> {
	/** Something is running in this row. */
	live?: boolean;
}

export function Row({ live, className, ...rest }: RowProps) {
	return (
		<tr
			className={cn(
				"group transition-colors hover:bg-fill",
				live && "bg-[color-mix(in_srgb,var(--running-soft)_42%,transparent)]",
				className,
			)}
			{...rest}
		/>
	);
}

interface CellProps extends ComponentProps<"td"> {
	numeric?: boolean;
	/** 48 px, for rows of two lines. */
	tall?: boolean;
}

export function Cell({ numeric, tall, className, ...rest }: CellProps) {
	return (
		<td
			className={cn(
				"overflow-hidden text-ellipsis whitespace-nowrap border-line-soft border-b px-2 align-middle first:pl-5 last:pr-5",
				tall ? "h-12" : "h-9",
				numeric && "text-right tabular-nums",
				className,
			)}
			{...rest}
		/>
	);
}
