import { useState } from "react";
import { useViewer } from "@/components/shell/viewer-context";
import type { ThreadAt } from "./use-threads";

/** What somebody has begun to write and not sent yet: kept in this browser until it is sent or emptied. */
export function useCommentDraft({ runId, nodeId }: ThreadAt): [string, (text: string) => void] {
	const { id } = useViewer().user;
	const key = `weft-comment ${id} ${runId} ${nodeId ?? ""}`;
	const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
	return [
		text,
		(next) => {
			setText(next);
			store(key, next);
		},
	];
}

function store(key: string, text: string): void {
	try {
		if (text === "") localStorage.removeItem(key);
		else localStorage.setItem(key, text);
	} catch {
		// Too long for this browser's storage: it is kept for as long as the panel is open.
	}
}
