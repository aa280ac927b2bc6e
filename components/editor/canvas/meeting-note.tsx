"use client";

import { CircleHelp } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { useEditorSession, useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { NodeNote } from "./node-note";

/** Asked once where branches have just met: does the step wait for all of them, or run on the first? */
export function MeetingNote() {
	const id = useSessionState((state) => state.meeting);
	const { editor, state, announce } = useEditorSession();
	const node = useEditor(({ plan }) => plan.nodes.find((known) => known.id === id));
	useEffect(() => {
		if (id === null) return;
		// Whoever goes on drawing has decided: all of them, as it is.
		return editor.subscribe((now, before) => {
			if (now.plan !== before.plan) state.setState({ meeting: null });
		});
	}, [id, editor, state]);
	if (!node) return null;
	const choose = (join: "all" | "any") => {
		editor.getState().apply("Choose which branches to wait for", (plan) => setNodeFields(plan, [node.id], { join }));
		announce(join === "all" ? `${node.name} waits for all branches.` : `${node.name} runs on the first branch.`);
		state.setState({ meeting: null });
	};
	return (
		<NodeNote nodeId={node.id}>
			<div className="w-[280px] rounded-3 border border-line bg-panel p-2.5 text-12 shadow-2">
				<div className="flex gap-2">
					<CircleHelp aria-hidden="true" className="mt-px size-3.5 flex-none text-ink-3" />
					<div>
						<b className="font-medium">When branches meet: all or first</b>
						<p className="text-ink-2">All waits for each branch that is taken; first runs as soon as one arrives.</p>
					</div>
				</div>
				<div className="mt-2 flex justify-end gap-1.5">
					<Button onClick={() => choose("any")}>First</Button>
					<Button intent="tonal" onClick={() => choose("all")}>
						All
					</Button>
				</div>
			</div>
		</NodeNote>
	);
}
