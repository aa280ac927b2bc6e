import type { ReactNode } from "react";
import type { NodeCategory } from "@/server/plan/node-definition";
import { cn } from "./class-names";

interface IconTileProps {
	category: NodeCategory | "trigger";
	/** 28, 24 or 20 px. */
	size?: "large" | "medium" | "small";
	className?: string;
	children: ReactNode;
}

/** An icon on its category's quiet tint. */
export function IconTile({ category, size = "large", className, children }: IconTileProps) {
	return (
		<span
			data-category={category}
			className={cn(
				"grid flex-none place-items-center bg-(--ts) text-(--tc)",
				size === "large" && "size-7 rounded-2 [&>svg]:size-4",
				size === "medium" && "size-6 rounded-2 [&>svg]:size-3.5",
				size === "small" && "size-5 rounded-[5px] [&>svg]:size-3 [&>svg]:stroke-2",
				className,
			)}
		>
			{children}
		</span>
	);
}
