import { cn } from "../class-names";

/** Makes what is tapped 44 px on a phone without changing what is seen. */
export const HIT_AREA = "relative phone:after:absolute phone:after:-inset-[14px]";

export const CHECKBOX_LOOK = cn(
	"inline-grid size-4 flex-none place-items-center rounded-1 border border-field bg-panel",
	"data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent",
	"disabled:cursor-not-allowed disabled:opacity-50",
	HIT_AREA,
);
