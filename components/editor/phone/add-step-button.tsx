"use client";

import { Plus } from "lucide-react";
import type { MouseEvent } from "react";
import { COLUMN } from "@/components/canvas/drawing/geometry";
import { Button } from "@/components/ui/button";
import { useEditorSession, useSessionState } from "../editor-session";
import type { StepPlace } from "../insert/insert-step";

/** Adds a step after the last one of the list. Where else one goes is decided on a wider screen. */
export function AddStepButton({ after }: { after: string | undefined }) {
	const { state } = useEditorSession();
	const port = useSessionState(({ drawing }) => drawing.layout.nodes.get(after ?? "")?.ports[0]?.name);
	const trigger = useSessionState(({ drawing }) => drawing.layout.trigger.rect);
	const add = ({ currentTarget }: MouseEvent) => {
		const { x, y } = currentTarget.getBoundingClientRect();
		state.setState({ picking: { place: placeAfter(), at: { x, y } } });
	};
	const placeAfter = (): StepPlace => {
		if (after !== undefined && port !== undefined) return { kind: "after", from: after, port };
		return { kind: "at", at: { x: trigger.x + COLUMN, y: trigger.y } };
	};
	return (
		<Button onClick={add}>
			<Plus />
			{after === undefined ? "Add the first step" : "Add a step"}
		</Button>
	);
}
