import type { ReactNode } from "react";
import { cn } from "./class-names";

interface EmptyStateProps {
	/** A drawing or an icon above the title. */
	picture?: ReactNode;
	title: string;
	/** The title's level, where the page has no other. */
	heading?: "h1" | "h2";
	/** What would stand here, and how it gets here. */
	children?: ReactNode;
	/** The next action. */
	action?: ReactNode;
	className?: string;
}

export function EmptyState({ picture, title, heading: Heading = "h2", children, action, className }: EmptyStateProps) {
	return (
		<div className={cn("grid justify-items-center gap-2 px-5 py-8 text-center", className)}>
			{picture}
			<Heading className="text-15">{title}</Heading>
			{children && <p className="max-w-140 text-balance text-ink-2">{children}</p>}
			{action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
		</div>
	);
}
