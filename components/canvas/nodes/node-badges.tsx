"use client";

import { CircleAlert, MessageSquare, Pin, TriangleAlert } from "lucide-react";
import { type NodeProblems, useCanvas } from "../canvas-store";

/** While drawing, on the top edge of a node: how many problems it has, and whether it has pinned data. */
export function EditBadges({ id }: { id: string }) {
	return (
		<>
			<ProblemBadge id={id} />
			<PinBadge id={id} />
		</>
	);
}

function ProblemBadge({ id }: { id: string }) {
	const problems = useCanvas((canvas) => canvas.problems[id]);
	if (!problems) return null;
	const severe = problems.errors > 0;
	const Icon = severe ? CircleAlert : TriangleAlert;
	return (
		<span aria-hidden="true" className="badge" data-wide="" data-problem={severe ? "error" : "warning"}>
			<Icon />
			{severe ? problems.errors : problems.warnings}
		</span>
	);
}

export function PinBadge({ id }: { id: string }) {
	const pinned = useCanvas((canvas) => canvas.pinned[id]);
	if (!pinned) return null;
	return (
		<span aria-hidden="true" className="badge" data-wide="" data-pin="">
			<Pin />
			{pinned}
		</span>
	);
}

/** On a run, on the bottom edge of a node: how much is said about it. */
export function CommentBadge({ id }: { id: string }) {
	const count = useCanvas((canvas) => canvas.comments[id]);
	if (!count) return null;
	return (
		<span aria-hidden="true" className="badge" data-wide="" data-comments="">
			<MessageSquare />
			{count}
		</span>
	);
}

/** On a step that runs pass by, while drawing and on a run; its description says so as well. */
export function DisabledBadge({ disabled }: { disabled: boolean }) {
	return (
		disabled && (
			<span aria-hidden="true" className="badge" data-disabled="">
				off
			</span>
		)
	);
}

/** The badges as text for screen readers, after the node's description: ", 1 error, output pinned". */
export function BadgesText({ id }: { id: string }) {
	const problems = useCanvas((canvas) => (canvas.run ? undefined : canvas.problems[id]));
	const pinned = useCanvas((canvas) => canvas.pinned[id]);
	const comments = useCanvas((canvas) => canvas.comments[id]);
	const words = [
		...(problems ? [describeProblems(problems)] : []),
		...(pinned ? [`${pinned} pinned`] : []),
		...(comments ? [`${comments} ${comments === 1 ? "comment" : "comments"}`] : []),
	];
	return words.map((word) => `, ${word}`).join("");
}

function describeProblems({ errors, warnings }: NodeProblems): string {
	const [count, noun] = errors > 0 ? [errors, "error"] : [warnings, "warning"];
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
