import { cva } from "class-variance-authority";

/** How a button looks. For pages that do without the rest of it. */
export const buttonLook = cva(
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
