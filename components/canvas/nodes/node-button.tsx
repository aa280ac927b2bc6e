"use client";

import type { ReactNode } from "react";
import { useCanvas } from "../canvas-store";
import type { NodeLayout } from "../drawing/lay-out-plan";
import { describeStep } from "../run/describe-step";
import type { StepView } from "../run/view-step";
import { BadgesText } from "./node-badges";

interface NodeButtonProps {
	nodeLayout: NodeLayout;
	view: StepView | undefined;
	selected: boolean;
	/** The visible part; screen readers get a description of the whole step instead. */
	children: ReactNode;
}

/** The button that selects a step. While editing, arrow keys move the focus to it, not Tab. */
export function NodeButton({ nodeLayout: { node, look }, view, selected, children }: NodeButtonProps) {
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
