import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const chipClasses = cva(
	"inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-1 px-1.5 font-medium text-11 [&>svg]:size-3 [&>svg]:stroke-2",
	{
		variants: {
			tone: {
				plain: "bg-fill text-ink-2",
				line: "border border-line px-[5px] text-ink-2",
				accent: "bg-accent-soft text-accent",
				good: "bg-completed-soft text-completed",
				bad: "bg-failed-soft text-failed",
				warn: "bg-retrying-soft text-retrying",
			},
			mono: { true: "font-mono font-normal [font-variant-ligatures:none]" },
		},
		defaultVariants: { tone: "plain" },
	},
);

export function Chip({ tone, mono, className, ...rest }: ComponentProps<"span"> & VariantProps<typeof chipClasses>) {
	return <span className={cn(chipClasses({ tone, mono }), className)} {...rest} />;
}

const badgeClasses = cva(
	"inline-block h-4 min-w-[18px] rounded-[8px] px-[5px] text-center font-medium text-11 leading-4 tabular-nums",
	{
		variants: {
			tone: {
				plain: "bg-fill-2 text-ink-2",
				bad: "bg-failed-soft text-failed",
				waiting: "bg-waiting-soft text-waiting",
				running: "bg-running-soft text-running",
			},
		},
		defaultVariants: { tone: "plain" },
	},
);

/** A count. */
export function Badge({ tone, className, ...rest }: ComponentProps<"span"> & VariantProps<typeof badgeClasses>) {
	return <span className={cn(badgeClasses({ tone }), className)} {...rest} />;
}
