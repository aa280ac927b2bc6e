import type { ReactNode } from "react";
import { cn } from "./class-names";

/** A key. `onAccent` is for keys that stand on the primary button. */
export function Kbd({
	onAccent,
	className,
	children,
}: {
	onAccent?: boolean;
	className?: string;
	children: ReactNode;
}) {
	return (
		<kbd
			className={cn(
				"inline-grid h-[18px] min-w-[18px] place-items-center rounded-1 border px-1 font-medium font-sans text-11 phone:hidden",
				onAccent
					? "border-[color-mix(in_srgb,currentColor_36%,transparent)] text-inherit"
					: "border-line bg-page text-ink-3",
				className,
			)}
		>
			{children}
		</kbd>
	);
}
