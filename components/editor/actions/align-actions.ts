import {
	AlignCenterHorizontal,
	AlignCenterVertical,
	AlignEndHorizontal,
	AlignEndVertical,
	AlignHorizontalDistributeCenter,
	AlignStartHorizontal,
	AlignStartVertical,
	AlignVerticalDistributeCenter,
	type LucideIcon,
} from "lucide-react";
import { type Alignment, alignNodes } from "@/server/plan/edits/align-nodes";
import type { EditorSession } from "../editor-session";
import { writePositions } from "../moving/write-positions";
import type { Action } from "./action";

const ALIGNMENTS: readonly { to: Alignment; title: string; Icon: LucideIcon }[] = [
	{ to: "left", title: "Align left", Icon: AlignStartVertical },
	{ to: "center", title: "Align centers", Icon: AlignCenterVertical },
	{ to: "right", title: "Align right", Icon: AlignEndVertical },
	{ to: "top", title: "Align top", Icon: AlignStartHorizontal },
	{ to: "middle", title: "Align middles", Icon: AlignCenterHorizontal },
	{ to: "bottom", title: "Align bottom", Icon: AlignEndHorizontal },
	{ to: "across", title: "Distribute horizontally", Icon: AlignHorizontalDistributeCenter },
	{ to: "down", title: "Distribute vertically", Icon: AlignVerticalDistributeCenter },
];

export const ALIGN_IDS = ALIGNMENTS.map(({ to }) => `align-${to}` as const);

export function alignActions(session: EditorSession): Action[] {
	const { editor } = session;
	return ALIGNMENTS.map(({ to, title, Icon }) => ({
		id: `align-${to}`,
		title,
		group: "Edit",
		Icon,
		reason: () => (editor.getState().selection.nodes.length > 1 ? undefined : "select two or more steps"),
		run: () => alignSelection(session, to, title),
	}));
}

function alignSelection({ editor, state, announce }: EditorSession, to: Alignment, title: string): void {
	const { drawing } = state.getState();
	const sizes = new Map([...drawing.layout.nodes].map(([id, { rect }]) => [id, rect]));
	const ids = editor.getState().selection.nodes;
	const isChanged = editor
		.getState()
		.apply(title, (plan) => alignNodes(writePositions(plan, drawing.layout), { ids, to }, sizes));
	announce(isChanged ? `${title}: done.` : "They are already aligned.");
}
