import { cn } from "./class-names";

export function Mark({ className }: { className?: string }) {
	return (
		<svg
			viewBox="0 0 24 24"
			aria-hidden="true"
			className={cn("size-5 flex-none fill-none", className)}
			strokeWidth={2.8}
			strokeLinejoin="round"
		>
			<path className="stroke-ink" d="M1.8 4.5 8.1 19.2 10.35 13.95M12.45 9.05 14.4 4.5" />
			<path className="stroke-[#00858f] dark:stroke-accent" d="M9.6 4.5 15.9 19.2 22.2 4.5" />
		</svg>
	);
}

export function Brand() {
	return (
		<span className="flex items-center gap-2 font-semibold text-15 text-ink tracking-[-0.01em]">
			<Mark />
			Weft
		</span>
	);
}
