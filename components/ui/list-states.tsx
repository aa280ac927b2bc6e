"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
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

interface ErrorRowProps {
	/** What went wrong, in plain words. */
	children: ReactNode;
	onRetry: () => void;
	busy?: boolean;
	className?: string;
}

/** Stands where a list would, when it could not be read. */
export function ErrorRow({ children, onRetry, busy, className }: ErrorRowProps) {
	return (
		<div role="alert" className={cn("flex min-h-11 items-center gap-2 px-3 py-2", className)}>
			<CircleAlert aria-hidden="true" className="size-4 flex-none text-failed" />
			<span className="min-w-0 flex-1 text-ink-2">{children}</span>
			<Button onClick={onRetry} busy={busy}>
				<RotateCw />
				Try again
			</Button>
		</div>
	);
}
