import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Without the design's own scales `text-12` and `text-ink-2` would count as the same thing. */
const merge = extendTailwindMerge({
	extend: {
		theme: { text: ["11", "12", "13", "15", "20", "40"], radius: ["1", "2", "3", "4"], shadow: ["1", "2", "3"] },
	},
});

/** Joins class names; of two that set the same property the later one stays. */
export function cn(...names: ClassValue[]): string {
	return merge(clsx(names));
}
