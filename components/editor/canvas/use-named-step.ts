"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { showError } from "@/components/ui/toasts/toaster";
import { useEditorSession } from "../editor-session";
import { useShowNode } from "./show-node";

/** Opens the step that the address names, `?step=deploy`; from then on the address names the workflow alone. */
export function useNamedStep(openInspector: () => void): void {
	const { editor } = useEditorSession();
	const show = useShowNode();
	const id = useSearchParams().get("step");
	useEffect(() => {
		if (id === null) return;
		forgetNamedStep();
		const { plan, select } = editor.getState();
		if (!plan.nodes.some((node) => node.id === id)) {
			showError(`The draft has no step “${id}”. It was removed or renamed since that run.`);
			return;
		}
		select({ nodes: [id] });
		openInspector();
		// The canvas is measured with the next frame, and has its new width with the one after.
		requestAnimationFrame(() => requestAnimationFrame(() => show(id, { focus: false })));
	}, [id, editor, show, openInspector]);
}

function forgetNamedStep(): void {
	const url = new URL(location.href);
	url.searchParams.delete("step");
	history.replaceState(null, "", url);
}
