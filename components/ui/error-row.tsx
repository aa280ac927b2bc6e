import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

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
