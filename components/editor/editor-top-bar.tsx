"use client";

import { CircleAlert, FlaskConical, Play, Redo2, TriangleAlert, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { TopBar } from "@/components/canvas/top-bar";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { useModKey } from "@/components/ui/use-mod-key";
import { useEditor } from "./editor-store";
import { issuesOf } from "./inspector/plan-issues";
import { keyCaps } from "./keys";
import { PresenceAvatars } from "./presence/presence-avatars";
import type { PresenceStore } from "./presence/presence-store";
import { SaveState } from "./saving/save-state";
import type { DraftSaving } from "./saving/use-draft-saving";
import { useActions } from "./use-actions";
import type { EditorViews } from "./use-editor-views";
import type { Panels } from "./use-panels";

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
	const { teamName, version, name } = draft;
	const [, changePanels] = panels;
	return (
		<TopBar
			team={team}
			teamName={teamName}
			workflow={draft}
			tab={tab}
			home="Editor"
			trail={
				<>
					<h1 className="sr-only">{name}</h1>
					<Chip tone="line" className="phone:hidden">
						{version === null ? "draft" : `v${version} published`}
					</Chip>
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
					<HistoryButtons />
					<ProblemsButton credentials={draft.credentials} onOpen={() => changePanels({ bottom: "problems" })} />
					<StartButtons draft={draft} busy={busy} />
				</>
			}
		/>
	);
}

function HistoryButtons() {
	const past = useEditor(({ history }) => history.past.at(-1)?.label);
	const future = useEditor(({ history }) => history.future[0]?.label);
	const modKey = useModKey();
	const actions = useActions();
	const run = (id: string) => actions.find((action) => action.id === id)?.run();
	return (
		<span className="flex gap-0.5 border-line border-r pr-2 phone:hidden">
			<IconButton
				label={past === undefined ? "Undo" : `Undo: ${past}`}
				shortcut={keyCaps("mod+z", modKey).join(" ")}
				disabled={past === undefined}
				onClick={() => run("undo")}
			>
				<Undo2 />
			</IconButton>
			<IconButton
				label={future === undefined ? "Redo" : `Redo: ${future}`}
				shortcut={keyCaps("mod+shift+z", modKey).join(" ")}
				disabled={future === undefined}
				onClick={() => run("redo")}
			>
				<Redo2 />
			</IconButton>
		</span>
	);
}

interface ProblemsButtonProps {
	credentials: readonly string[] | null;
	onOpen: () => void;
}

function ProblemsButton({ credentials, onOpen }: ProblemsButtonProps) {
	const errors = useEditor(({ plan }) => countIssues(plan, credentials, "error"));
	const warnings = useEditor(({ plan }) => countIssues(plan, credentials, "warning"));
	if (errors + warnings === 0) return null;
	const [count, word] = errors > 0 ? [errors, "problem"] : [warnings, "warning"];
	return (
		<Button className="phone:hidden" onClick={onOpen}>
			{errors > 0 ? <CircleAlert className="text-failed!" /> : <TriangleAlert className="text-retrying!" />}
			{count} {count === 1 ? word : `${word}s`}
		</Button>
	);
}

type Plan = Parameters<typeof issuesOf>[0];

function countIssues(plan: Plan, credentials: readonly string[] | null, severity: "error" | "warning"): number {
	return issuesOf(plan, credentials ?? undefined).all.filter((issue) => issue.severity === severity).length;
}

interface StartButtonsProps {
	draft: Outputs["workflows"]["draft"];
	busy: boolean;
}

/** Publish; test what is drawn; run what is published. While nothing is published there is only the test. */
function StartButtons({ draft: { version, credentials }, busy }: StartButtonsProps) {
	// Its problems decide what can be done: whatever changes their number draws the buttons anew.
	useEditor(({ plan }) => countIssues(plan, credentials, "error"));
	const modKey = useModKey();
	const isNew = version === null;
	return (
		<>
			<StartButton id="publish" help="Make this draft the version that runs" busy={false} />
			{!isNew && (
				<StartButton id="test" help="Run the draft as it is, without publishing it" busy={busy}>
					<FlaskConical />
				</StartButton>
			)}
			<StartButton id="run" help={isNew ? "Run the draft as it is" : `Run version ${version}`} busy={busy} isPrimary>
				<Play />
				{isNew ? "Test" : "Run"}
				<Kbd onAccent className="-mr-1">
					{modKey}↵
				</Kbd>
			</StartButton>
		</>
	);
}

interface StartButtonProps {
	id: "publish" | "test" | "run";
	help: string;
	busy: boolean;
	isPrimary?: boolean;
	children?: ReactNode;
}

const WORDS = { publish: "Publish", test: "Test", run: "" };

function StartButton({ id, help, busy, isPrimary = false, children }: StartButtonProps) {
	const action = useActions().find((known) => known.id === id);
	const why = action?.reason?.();
	return (
		<Tooltip label={why === undefined ? help : why.charAt(0).toUpperCase() + why.slice(1)}>
			<span className={isPrimary ? undefined : "phone:hidden"}>
				<Button
					intent={isPrimary ? "primary" : "secondary"}
					disabled={why !== undefined}
					busy={busy}
					onClick={action?.run}
				>
					{children}
					{WORDS[id]}
				</Button>
			</span>
		</Tooltip>
	);
}
