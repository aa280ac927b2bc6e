import type { VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { buttonLook } from "./button-look";
import { cn } from "./class-names";
import { Spinner } from "./run-state/state-icon";

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonLook> {
	/** Renders the only child with the button's looks: for links. */
	asChild?: boolean;
	/** Shows that the action is under way and takes no second press. It keeps the focus, which a disabled one would lose. */
	busy?: boolean;
}

export function Button({ intent, size, full, asChild, busy, className, children, disabled, ...rest }: ButtonProps) {
	const classes = cn(buttonLook({ intent, size, full }), asChild && linkHover(intent), className);
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
			disabled={disabled}
			{...(busy && !disabled && { "aria-disabled": true, onClick: refusePress })}
			aria-busy={busy || undefined}
			data-state={busy ? "running" : undefined}
		>
			{busy ? <BusyContent>{children}</BusyContent> : children}
		</button>
	);
}

/** Enter in a field presses the button that sends its form, too. */
function refusePress(event: MouseEvent): void {
	event.preventDefault();
}

/** A link is never `:enabled`, so the hover looks of buttons do not reach it. */
function linkHover(intent: ButtonProps["intent"]): string {
	if (intent === "primary") return "not-aria-disabled:hover:bg-accent-hover";
	return intent === "ghost"
		? "not-aria-disabled:hover:bg-fill not-aria-disabled:hover:text-ink"
		: "not-aria-disabled:hover:border-line-strong";
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
