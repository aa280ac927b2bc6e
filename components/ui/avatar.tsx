import { cn } from "./class-names";
import { hashText, initials as initialsOf } from "./format/format-name";

const COLOURS = ["#2f6f8f", "#8a5a2b", "#7a4a73", "#4c6b3c", "#6b5b4b", "#4d5a8c"];

interface AvatarProps {
	name: string;
	/** Instead of those made from the name. */
	initials?: string | null;
	/** 28, 24 or 20 px. */
	size?: "large" | "medium" | "small";
	className?: string;
}

/** A person by their initials; the same name has the same colour everywhere. */
export function Avatar({ name, initials, size = "medium", className }: AvatarProps) {
	return (
		<span
			title={name}
			aria-hidden="true"
			style={{ background: COLOURS[hashText(name) % COLOURS.length] }}
			className={cn(
				"inline-grid flex-none select-none place-items-center rounded-full font-semibold text-white leading-none tracking-[0.02em]",
				size === "large" && "size-7 text-[11px]",
				size === "medium" && "size-6 text-[10px]",
				size === "small" && "size-5 text-[9px]",
				className,
			)}
		>
			{initials || initialsOf(name)}
		</span>
	);
}
