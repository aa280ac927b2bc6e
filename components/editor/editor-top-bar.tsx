"use client";

import { CircleAlert, FlaskConical, Play, Redo2, TriangleAlert, Undo2 } from "lucide-react";
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
import { SaveState } from "./saving/save-state";
import type { DraftSaving } from "./saving/use-draft-saving";
import { useActions } from "./use-actions";

interface EditorTopBarProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	tab: "workflow" | "runs";
	busy: boolean;
	onProblems: () => void;
	isMerging: boolean;
	onMerge: () => void;
}

/** Where the draft stands, undo and redo, problems, Publish and Run. */
export function EditorTopBar({ team, draft, saving, tab, busy, onProblems, isMerging, onMerge }: EditorTopBarProps) {
	const { teamName, version, name } = draft;
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
					<SaveState saving={saving} isMerging={isMerging} onMerge={onMerge} />
				</>
			}
			actions={
				<>
					<HistoryButtons />
					<ProblemsButton credentials={draft.credentials} onOpen={onProblems} />
					<PublishButton draft={draft} />
					<RunButtons version={version} busy={busy} />
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

function PublishButton({ draft }: { draft: Outputs["workflows"]["draft"] }) {
	const publish = useActions().find(({ id }) => id === "publish");
	const isWrong = useEditor(({ plan }) => countIssues(plan, draft.credentials, "error") > 0);
	return (
		<Tooltip label={isWrong ? "Solve the problems first" : "Make this draft the version that runs"}>
			<span className="phone:hidden">
				<Button disabled={isWrong} onClick={publish?.run}>
					Publish
				</Button>
			</span>
		</Tooltip>
	);
}

/** Run is the published version; while nothing is published it tests the draft. */
function RunButtons({ version, busy }: { version: number | null; busy: boolean }) {
	const actions = useActions();
	const modKey = useModKey();
	const [run, test] = ["run", "test"].map((id) => actions.find((action) => action.id === id));
	const hasErrors = useEditor(({ plan }) => countIssues(plan, null, "error") > 0);
	const cannotTest = test?.reason?.();
	const cannotRun = run?.reason?.();
	return (
		<>
			{version !== null && (
				<Tooltip label={cannotTest ?? "Run the draft as it is, without publishing it"}>
					<span className="phone:hidden">
						<Button disabled={cannotTest !== undefined || hasErrors} busy={busy} onClick={test?.run}>
							<FlaskConical />
							Test
						</Button>
					</span>
				</Tooltip>
			)}
			<Tooltip label={cannotRun ?? (version === null ? "Test the draft" : `Run version ${version}`)}>
				<span>
					<Button intent="primary" disabled={cannotRun !== undefined} busy={busy} onClick={run?.run}>
						<Play />
						{version === null ? "Test" : "Run"}
						<Kbd onAccent className="-mr-1">
							{modKey}↵
						</Kbd>
					</Button>
				</span>
			</Tooltip>
		</>
	);
}
