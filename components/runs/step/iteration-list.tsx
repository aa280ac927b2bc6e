"use client";

import { describeLook } from "@/components/canvas/run/describe-step";
import { cn } from "@/components/ui/class-names";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { stepKey } from "@/server/runs/state";
import type { RunScreen } from "../use-run-screen";

/** The iterations of a container that began; choosing one shows it on the canvas. */
export function IterationList({ screen, id }: { screen: RunScreen; id: string }) {
	const view = screen.view.steps[id];
	const pages = view?.pages;
	if (!view || !pages || pages.begun === 0) {
		return <p className="px-4 pb-3 text-12 text-ink-3">No iteration has begun.</p>;
	}
	const labels = screen.state.steps[stepKey(id, view.iteration)]?.iterations?.labels ?? [];
	// What has no name of its own is called by its number, which stands before it.
	const nameOf = (index: number) => (labels[index] === String(index + 1) ? "" : (labels[index] ?? ""));
	return (
		<ol className="min-h-0 flex-1 overflow-y-auto pb-2">
			{pages.looks.map((look, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: an iteration is its index
				<li key={index}>
					<button
						type="button"
						aria-current={index === pages.shown || undefined}
						aria-label={[`Iteration ${index + 1}`, nameOf(index), describeLook(look)].filter(Boolean).join(", ")}
						className={cn(
							"flex h-7 w-full items-center gap-2 px-4 text-left text-12 hover:bg-fill phone:h-11",
							index === pages.shown && "bg-fill",
						)}
						onClick={() => screen.turn(id, index)}
					>
						<StateIcon state={look === "pending" ? "queued" : look} label="" className="size-3.5" />
						<span className="w-8 flex-none text-ink-3 tabular-nums">{index + 1}</span>
						<span className="min-w-0 truncate">{nameOf(index)}</span>
					</button>
				</li>
			))}
		</ol>
	);
}
