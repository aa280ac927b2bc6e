"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { useShowNode } from "./canvas/show-node";
import { useEditorSession } from "./editor-session";
import { useEditor } from "./editor-store";

/**
 * Beside the canvas. Escape leaves a field as it is and stays here, where letters do nothing; once more, and it leads back
 * to the step.
 */
export function InspectorColumn({ children }: { children: ReactNode }) {
	const { editor } = useEditorSession();
	const open = useEditor(({ selection: { nodes } }) => (nodes.length === 1 ? nodes[0] : undefined));
	const show = useShowNode();
	const isPhone = useIsPhone();
	useBackCloses(isPhone && open !== undefined, () => editor.getState().select({}));
	const leave = (event: KeyboardEvent<HTMLElement>) => {
		const { target, currentTarget, key, defaultPrevented } = event;
		const isOwn = target instanceof Node && currentTarget.contains(target);
		const [id] = editor.getState().selection.nodes;
		if (key !== "Escape" || !isOwn || defaultPrevented) return;
		if (target !== currentTarget) currentTarget.focus({ preventScroll: true });
		else if (id !== undefined) show(id);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: hears the fields inside once they have used the key themselves
		<div
			tabIndex={-1}
			data-inspector={open ?? ""}
			className="min-h-0 -outline-offset-2 phone:absolute"
			onKeyDown={leave}
		>
			{children}
		</div>
	);
}
