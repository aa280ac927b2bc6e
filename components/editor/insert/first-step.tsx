"use client";

import { useReactFlow, ViewportPortal } from "@xyflow/react";
import { Plus, Sparkles } from "lucide-react";
import { COLUMN, NODE } from "@/components/canvas/drawing/geometry";
import { Kbd } from "@/components/ui/kbd";
import { useAction } from "../actions/actions-context";
import { useEditorSession, useSessionState } from "../editor-session";

/** On an empty canvas: where the first step goes, and how it comes there. */
export function FirstStep() {
	const isEmpty = useSessionState(({ drawing }) => drawing.layout.nodes.size === 0);
	const trigger = useSessionState(({ drawing }) => drawing.layout.trigger.rect);
	const { state } = useEditorSession();
	const { flowToScreenPosition } = useReactFlow();
	const describe = useAction("describe");
	if (!isEmpty) return null;
	const place = { x: trigger.x + COLUMN, y: trigger.y };
	const pick = () => {
		const at = flowToScreenPosition({ x: place.x + NODE.width + 12, y: place.y });
		state.setState({ picking: { place: { kind: "at", at: place }, at } });
	};
	return (
		<ViewportPortal>
			<button
				type="button"
				className="pointer-events-auto absolute flex items-center justify-center gap-2 rounded-3 border border-line-strong border-dashed text-12 text-ink-3 hover:border-accent hover:text-accent"
				style={{ left: place.x, top: place.y, width: NODE.width, height: NODE.height }}
				onClick={pick}
			>
				<Plus aria-hidden="true" className="size-3.5" />
				Add the first step
				<Kbd>A</Kbd>
			</button>
			{describe && (
				<button
					type="button"
					className="pointer-events-auto absolute flex h-8 items-center justify-center gap-2 rounded-2 text-12 text-ink-3 hover:text-accent"
					style={{ left: place.x, top: place.y + NODE.height + 8, width: NODE.width }}
					onClick={() => describe.run()}
				>
					<Sparkles aria-hidden="true" className="size-3.5" />
					Or describe it
				</button>
			)}
		</ViewportPortal>
	);
}
