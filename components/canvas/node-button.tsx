"use client";

import type { ReactNode } from "react";
import { useCanvas } from "./canvas-store";
import { describeStep } from "./describe-step";
import type { PlacedNode } from "./lay-out-plan";
import { BadgesText } from "./node-badges";
import type { StepView } from "./view-step";

interface NodeButtonProps {
	placed: PlacedNode;
	view: StepView | undefined;
	selected: boolean;
	/** What is seen of the step; who listens hears all of it in words. */
	children: ReactNode;
}

/** What is pressed to choose a step. While somebody draws, arrow keys lead to it, not Tab. */
export function NodeButton({ placed: { node, look }, view, selected, children }: NodeButtonProps) {
	const onOpen = useCanvas((canvas) => canvas.onOpen);
	const editing = useCanvas((canvas) => canvas.edit !== null);
	return (
		<button
			type="button"
			className="hit"
			data-node={node.id}
			aria-pressed={selected}
			tabIndex={editing ? -1 : undefined}
			onClick={(event) => onOpen(node.id, event)}
		>
			<span className="sr-only">
				{describeStep(look, view)}
				<BadgesText id={node.id} />
			</span>
			{children}
		</button>
	);
}
