import { cn } from "./class-names";

/** A bar where a text will stand. */
export function Skeleton({ className }: { className?: string }) {
	return <span aria-hidden="true" className={cn("block h-2.5 animate-glow rounded-1 bg-fill-2", className)} />;
}

const WIDTHS = ["w-37", "w-28", "w-44", "w-32"];

interface SkeletonRowsProps {
	rows: number;
	/** The height of the rows that will stand here, so that nothing moves when they come. */
	rowClassName?: string;
	label?: string;
}

export function SkeletonRows({ rows, rowClassName = "h-9", label = "Loading" }: SkeletonRowsProps) {
	return (
		<div role="status" aria-label={label}>
			{Array.from({ length: rows }, (_, row) => row).map((row) => (
				<div
					key={row}
					className={cn(
						"flex items-center gap-3 border-line-soft border-b px-5 last:border-b-0 phone:px-4",
						rowClassName,
					)}
				>
					<Skeleton className="size-4 rounded-full" />
					<Skeleton className={WIDTHS[row % WIDTHS.length]} />
					<Skeleton className="ml-auto w-11" />
				</div>
			))}
		</div>
	);
}
