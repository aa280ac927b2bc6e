import type { StepLook } from "@/components/canvas/run/view-step";
import { cn } from "@/components/ui/class-names";

const MAX_COUNT = 24;

/** A segment a step; beyond 24 steps they would be too thin to read, and the numbers stand alone. */
export function StepsBar({ looks }: { looks: readonly StepLook[] }) {
	if (looks.length > MAX_COUNT) return null;
	return (
		<span aria-hidden="true" className="inline-flex gap-0.5">
			{looks.map((look, index) => (
				<i
					// biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity
					key={index}
					data-state={look}
					className={cn(
						"h-1.5 w-2 rounded-[1.5px] bg-(--c)",
						look === "pending" && "bg-fill-2",
						look === "skipped" && "bg-transparent shadow-[inset_0_0_0_1px_var(--line-strong)]",
					)}
				/>
			))}
		</span>
	);
}
