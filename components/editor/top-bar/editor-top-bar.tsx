"use client";

import { CircleAlert, Redo2, TriangleAlert, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { TopBar } from "@/components/shell/top-bar";
import { NewerVersionLink } from "@/components/templates/update/newer-version-link";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { IconButton } from "@/components/ui/icon-button";
import { useAction } from "../actions/actions-context";
import { keyCaps } from "../actions/keys";
import { useEditor } from "../editor-store";
import { PresenceAvatars } from "../presence/presence-avatars";
import type { PresenceStore } from "../presence/presence-store";
import { SaveState } from "../saving/save-state";
import type { DraftSaving } from "../saving/use-draft-saving";
import type { EditorViews } from "../use-editor-views";
import type { Panels } from "../use-panels";
import { EditableTitle } from "./editable-title";
import { NameMenu } from "./name-menu";
import { PublishedChip } from "./published-chip";
import { StartButtons } from "./start-buttons";
import { useIssueCount } from "./use-issue-count";

interface EditorTopBarProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	tab: "workflow" | "runs";
	busy: boolean;
	panels: [Panels, (change: Partial<Panels>) => void];
	views: EditorViews;
	presence: PresenceStore;
	isMerging: boolean;
}

/** Where the draft stands, undo and redo, problems, Publish and Run. */
export function EditorTopBar({
	team,
	draft,
	saving,
	tab,
	busy,
	panels,
	views,
	presence,
	isMerging,
}: EditorTopBarProps) {
	const { teamName, name } = draft;
	const [, changePanels] = panels;
	const router = useRouter();
	const showProblems = () => {
		changePanels({ bottom: "problems" });
		views.change({ view: "canvas", comparing: null });
		if (tab === "runs") router.push(`/${team}/workflows/${draft.slug}`);
	};
	return (
		<TopBar
			team={team}
			teamName={teamName}
			workflow={draft}
			tab={tab}
			home="Editor"
			title={<EditableTitle team={team} slug={draft.slug} name={name} />}
			menu={<NameMenu name={name} />}
			trail={
				<>
					<h1 className="sr-only">{name}</h1>
					<PublishedChip draft={draft} />
					<NewerVersionLink team={team} slug={draft.slug} />
					<SaveState
						saving={saving}
						unapplied={views.unapplied}
						isMerging={isMerging}
						onMerge={() => views.change({ wantsMerge: true })}
					/>
				</>
			}
			actions={
				<>
					<PresenceAvatars presence={presence} />
					{tab === "workflow" && <HistoryButtons />}
					<ProblemsButton onOpen={showProblems} />
					<span className="flex gap-2 phone:hidden">
						<StartButtons draft={draft} busy={busy} />
					</span>
				</>
			}
		/>
	);
}

function HistoryButtons() {
	const past = useEditor(({ history }) => history.past.at(-1)?.label);
	const future = useEditor(({ history }) => history.future[0]?.label);
	const modKey = useModKey();
	const undo = useAction("undo");
	const redo = useAction("redo");
	return (
		<span className="flex gap-0.5 border-line border-r pr-2 phone:border-0 phone:pr-0">
			<IconButton
				label={past === undefined ? "Undo" : `Undo: ${past}`}
				shortcut={keyCaps("mod+z", modKey).join(" ")}
				disabled={past === undefined}
				onClick={() => undo?.run()}
			>
				<Undo2 />
			</IconButton>
			<IconButton
				label={future === undefined ? "Redo" : `Redo: ${future}`}
				shortcut={keyCaps("mod+shift+z", modKey).join(" ")}
				disabled={future === undefined}
				onClick={() => redo?.run()}
			>
				<Redo2 />
			</IconButton>
		</span>
	);
}

interface ProblemsButtonProps {
	onOpen: () => void;
}

function ProblemsButton({ onOpen }: ProblemsButtonProps) {
	const errors = useIssueCount("error");
	const warnings = useIssueCount("warning");
	if (errors + warnings === 0) return null;
	const [count, word] = errors > 0 ? [errors, "problem"] : [warnings, "warning"];
	return (
		<Button className="phone:hidden" onClick={onOpen}>
			{errors > 0 ? <CircleAlert className="text-failed!" /> : <TriangleAlert className="text-retrying!" />}
			<span>
				{count}
				<span className="max-lg:sr-only"> {count === 1 ? word : `${word}s`}</span>
			</span>
		</Button>
	);
}
