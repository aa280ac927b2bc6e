"use client";

import { Panel } from "@xyflow/react";
import { GitMerge } from "lucide-react";
import { useViewer } from "@/components/shell/viewer-context";
import { Button } from "@/components/ui/button";
import { nameSaver } from "./name-saver";
import { type DraftSaving, useSaving } from "./use-draft-saving";

interface ConflictNoteProps {
	saving: DraftSaving;
	onMerge: () => void;
}

/** On the canvas while somebody else's draft waits to be merged: nothing is saved until then, which must not go unseen. */
export function ConflictNote({ saving, onMerge }: ConflictNoteProps) {
	const { user } = useViewer();
	const theirs = useSaving(saving, ({ phase }) => (phase.name === "conflict" ? phase.theirs : null));
	if (!theirs) return null;
	return (
		<Panel position="top-center" className="m-3!">
			<p className="flex min-h-9 items-center gap-2.5 rounded-3 border border-[color-mix(in_oklab,var(--retrying)_45%,var(--line))] bg-retrying-soft py-1 pr-1 pl-3 shadow-1">
				<GitMerge aria-hidden="true" className="size-4 flex-none text-retrying" />
				<span className="min-w-0">
					{nameSaver(theirs, user.id)} saved revision {theirs.revision} while you were editing.
				</span>
				<Button className="flex-none" onClick={onMerge}>
					Merge
				</Button>
			</p>
		</Panel>
	);
}
