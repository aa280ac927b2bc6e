import { cn } from "./class-names";

/** How an icon's button looks: 28 px, or 24 inside panels and rows, and 44 on a phone. */
export function iconButtonLook(size: "bar" | "panel", className?: string): string {
	return cn(
		"inline-grid flex-none place-items-center rounded-2 text-ink-2 transition-colors",
		"not-disabled:not-aria-disabled:hover:bg-fill not-disabled:not-aria-disabled:hover:text-ink not-aria-disabled:active:bg-fill-2 aria-pressed:bg-fill-2 aria-pressed:text-ink",
		"disabled:cursor-not-allowed disabled:text-(--ink-off) aria-disabled:cursor-not-allowed aria-disabled:text-(--ink-off) data-[state=open]:bg-fill-2 data-[state=open]:text-ink",
		"[&>svg]:size-4 phone:size-11 phone:[&>svg]:size-5",
		size === "bar" ? "size-7" : "size-6",
		className,
	);
}
