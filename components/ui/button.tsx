import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Spinner } from "./run-state/state-icon";

const buttonClasses = cva(
	[
		"inline-flex flex-none items-center justify-center rounded-2 border font-medium whitespace-nowrap transition-colors select-none",
		"disabled:cursor-not-allowed disabled:text-(--ink-off) disabled:shadow-none disabled:[&_svg]:text-inherit",
		"aria-disabled:cursor-not-allowed aria-disabled:text-(--ink-off) aria-disabled:shadow-none aria-disabled:[&_svg]:text-inherit",
		"[&>svg]:size-3.5 [&>svg]:flex-none phone:[&>svg]:size-[18px] phone:rounded-3",
	],
	{
		variants: {
			intent: {
				primary:
					"border-transparent bg-accent text-on-accent shadow-1 enabled:not-aria-disabled:hover:bg-accent-hover disabled:border-line disabled:bg-panel aria-disabled:border-line aria-disabled:bg-panel",
				secondary:
					"border-line bg-panel text-ink shadow-1 [&>svg]:text-ink-2 enabled:not-aria-disabled:hover:border-line-strong enabled:not-aria-disabled:active:bg-fill",
				ghost:
					"border-transparent bg-transparent text-ink-2 enabled:not-aria-disabled:hover:bg-fill enabled:not-aria-disabled:hover:text-ink enabled:not-aria-disabled:active:bg-fill-2",
				danger:
					"border-line bg-panel text-failed shadow-1 enabled:not-aria-disabled:hover:border-line-strong enabled:not-aria-disabled:hover:bg-failed-soft",
				tonal: "border-accent-line bg-accent-soft text-accent enabled:not-aria-disabled:hover:border-accent",
			},
			size: {
				bar: "h-(--h-control) gap-1.5 px-2.5 text-12",
				form: "h-(--h-field) gap-1.5 px-3 text-13",
				auth: "h-9 gap-2 px-3 text-13 [&>svg]:size-4 phone:h-11",
				large: "h-10 gap-1.5 rounded-3 px-[18px] text-[14px] leading-5 phone:h-11",
			},
			full: { true: "w-full" },
		},
		defaultVariants: { intent: "secondary", size: "bar" },
	},
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonClasses> {
	/** Renders the only child with the button's looks: for links. */
	asChild?: boolean;
	/** Shows that the action is under way and takes no second press. */
	busy?: boolean;
}

export function Button({ intent, size, full, asChild, busy, className, children, disabled, ...rest }: ButtonProps) {
	const classes = cn(buttonClasses({ intent, size, full }), asChild && linkHover(intent), className);
	if (asChild) {
		return (
			<Slot.Root className={classes} {...rest}>
				{children}
			</Slot.Root>
		);
	}
	return (
		<button
			type="button"
			{...rest}
			className={classes}
			disabled={disabled || busy}
			aria-busy={busy || undefined}
			data-state={busy ? "running" : undefined}
		>
			{busy ? <BusyContent>{children}</BusyContent> : children}
		</button>
	);
}

/** A link is never `:enabled`, so the hover looks of buttons do not reach it. */
function linkHover(intent: ButtonProps["intent"]): string {
	if (intent === "primary") return "hover:bg-accent-hover";
	return intent === "ghost" ? "hover:bg-fill hover:text-ink" : "hover:border-line-strong";
}

/** The spinner takes the place of the icon, so the button keeps its width. */
function BusyContent({ children }: { children: ReactNode }) {
	return (
		<>
			<Spinner className="size-3.5" />
			<span className="inline-flex items-center gap-1.5 [&>svg]:hidden">{children}</span>
		</>
	);
}
