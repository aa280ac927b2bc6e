"use client";

import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { useStoredSize } from "@/components/ui/hooks/use-stored-size";
import { ResizeHandle } from "@/components/ui/resize-handle";
import { followRenames } from "@/server/plan/edits/follow-renames";
import type { NodeId } from "@/server/plan/plan";
import { useEditorSession, useSessionState } from "../editor-session";
import { type SavedDraft, useEditor, useEditorStore } from "../editor-store";
import { INSPECTOR_WIDTH, inspectorWidth } from "../panel-widths";
import { InspectorContext, useInspector, useInspectorUi } from "./inspector-context";
import { ManyPanel } from "./many-panel";
import { NodeIdContext } from "./node-fields";
import { NodePanel } from "./node-panel";
import { ReferencePicker } from "./references/reference-picker";
import { useInspectorData } from "./use-inspector-data";
import { usePromptCheck } from "./use-prompt-check";
import { WorkflowPanel } from "./workflow/workflow-panel";

interface InspectorProps {
	team: string;
	slug: string;
	/** Resolves once the server has every edit: a step is tried as it stands here. */
	saveNow: () => Promise<SavedDraft>;
}

/** Beside the canvas: the form of the selected step, or the workflow's own when nothing is selected. */
export function Inspector(props: InspectorProps) {
	const data = useInspectorData(props);
	usePromptCheck(props.team);
	return (
		<InspectorContext value={data}>
			<Columns />
		</InspectorContext>
	);
}

/** What the panel takes at least while values are shown in it, or beside it. */
const TRY_WIDTH = 520;
const PICKING_WIDTH = 360;

function Columns() {
	const nodes = useEditor((state) => state.selection.nodes);
	const [width, setWidth] = useStoredSize("inspector", INSPECTOR_WIDTH);
	const tab = useInspectorUi((state) => state.tab);
	const isPhone = useIsPhone();
	const { ui } = useInspector();
	const [id, ...others] = nodes;
	const isOne = id !== undefined && others.length === 0;
	const panel = useStepKey(id);
	const isPicking = useInspectorUi((state) => state.isPicking) && isOne && tab === "configure" && !isPhone;
	useEffect(() => {
		if (!isOne) ui.getState().setPicking(false);
	}, [ui, isOne]);
	const { state } = useEditorSession();
	const hasTrigger = useSessionState(({ trigger }) => trigger !== null);
	useEffect(() => {
		if (id !== undefined) state.setState({ trigger: null });
	}, [state, id]);
	if (isPhone && id === undefined && !hasTrigger) return null;
	const least = isOne && tab === "try" ? TRY_WIDTH : isPicking ? PICKING_WIDTH : 0;
	return (
		<NodeIdContext value={isOne ? id : null}>
			<div className="relative flex h-full min-h-0 phone:fixed phone:inset-0 phone:z-30 phone:bg-panel">
				{isPicking && <ReferencePicker />}
				<aside
					aria-label={isOne ? "Step" : others.length > 0 ? "Steps" : "Workflow"}
					className={cn("relative min-h-0 min-w-0 flex-none border-line border-l bg-panel", isPhone && "border-l-0")}
					style={{ width: isPhone ? "100%" : inspectorWidth(Math.max(width, least)) }}
				>
					{!isPhone && <ResizeHandle label="Width of the panel" edge="left" size={width} onResize={setWidth} />}
					{isOne ? <NodePanel key={panel} /> : others.length > 0 ? <ManyPanel /> : <WorkflowPanel />}
				</aside>
			</div>
		</NodeIdContext>
	);
}

/** Another key for every step that is opened, and the same one for a step that gets another id meanwhile. */
function useStepKey(id: NodeId | undefined): number {
	const store = useEditorStore();
	const opened = useRef({ id, key: 0 });
	useEffect(
		() =>
			store.subscribe((now, before) => {
				const [from] = before.selection.nodes;
				const [to] = now.selection.nodes;
				if (from === to || from === undefined || to === undefined || now.plan === before.plan) return;
				if (followRenames(before.plan, now.plan).get(from) === to) opened.current = { ...opened.current, id: to };
			}),
		[store],
	);
	if (opened.current.id !== id) opened.current = { id, key: opened.current.key + 1 };
	return opened.current.key;
}
