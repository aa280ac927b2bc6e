"use client";

import { GitMerge } from "lucide-react";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { useViewer } from "@/components/shell/viewer-context";
import { Button } from "@/components/ui/button";
import { showDone } from "@/components/ui/toasts/toaster";
import { catalog } from "@/server/nodes/catalog";
import { countOf } from "@/server/nodes/summary-text";
import { isError } from "@/server/plan/issue";
import type { NodeId } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { isOwn, nameSaver } from "../saving/name-saver";
import type { OthersDraft, SavingState } from "../saving/saving-state";
import { type DraftSaving, useSaving } from "../saving/use-draft-saving";
import { markChanges } from "./changes/draw-marks";
import { listChanges } from "./changes/list-changes";
import { MarkedCanvas } from "./changes/marked-canvas";
import { MergePanel } from "./merge/merge-panel";
import { type MergeWork, useMerge } from "./merge/use-merge";

interface MergeViewProps {
	saving: DraftSaving;
	/** The team's credentials by name; undefined for those who may not know them. */
	credentials?: readonly string[];
	/** The view is left: both are merged, or the merge is put off. */
	onClose: () => void;
}

/** Somebody saved first: both drafts on one canvas, and what is to become of them. Fills what is below the top bar. */
export function MergeView({ saving, credentials, onClose }: MergeViewProps) {
	const state = useSaving(saving, (all) => all);
	const { phase } = state;
	if (phase.name !== "conflict") return null;
	return <Merging saving={saving} state={state} theirs={phase.theirs} credentials={credentials} onClose={onClose} />;
}

interface MergingProps extends MergeViewProps {
	state: SavingState;
	theirs: OthersDraft;
}

function Merging({ saving, state, theirs, credentials, onClose }: MergingProps) {
	const { base, plan: mine } = state;
	const { names, faces } = useNames(theirs);
	const plans = { base: base.plan, mine, theirs: theirs.plan };
	const work = useMerge(plans, { theirName: names.theirs });
	const { merge } = work;
	const [selected, setSelected] = useState<NodeId | null>(null);
	const [isLooking, setLooking] = useState(false);
	const problems = useProblems(merge.plan, credentials);
	const save = () => {
		if (merge.open > 0) return;
		saving.settle(theirs, merge.plan);
		onClose();
	};
	const drop = () => {
		saving.settle(theirs, theirs.plan);
		showDone("Your edits are dropped", "Undo brings them back.");
		onClose();
	};
	useSaveKey(save);
	return (
		<div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
			<Banner
				name={names.theirs}
				revision={theirs.revision}
				work={work}
				isLooking={isLooking}
				onLook={() => setLooking(!isLooking)}
				onDrop={drop}
			/>
			<div className="grid min-h-0 grid-cols-[minmax(0,1fr)_440px] phone:grid-cols-1 phone:grid-rows-[160px_minmax(0,1fr)]">
				<main className="min-h-0 min-w-0">
					<Canvas plans={plans} work={work} isLooking={isLooking} selected={selected} onSelect={setSelected} />
				</main>
				<MergePanel
					work={work}
					plans={plans}
					names={names}
					faces={faces}
					revisions={`revision ${base.revision} → ${theirs.revision} and yours`}
					savedAt={theirs.savedAt}
					problems={problems}
					selected={selected}
					onSelect={setSelected}
					onCancel={onClose}
					onSave={save}
				/>
			</div>
		</div>
	);
}

interface CanvasProps {
	plans: { base: SavingState["plan"]; theirs: SavingState["plan"] };
	work: MergeWork;
	isLooking: boolean;
	selected: NodeId | null;
	onSelect: (id: NodeId | null) => void;
}

/** What both make together; or what the other draft changed alone. */
function Canvas({ plans, work, isLooking, selected, onSelect }: CanvasProps) {
	const { base, theirs } = plans;
	const marks = useMemo(() => markChanges(base, theirs, listChanges(base, theirs)), [base, theirs]);
	return (
		<MarkedCanvas
			before={base}
			after={isLooking ? theirs : work.merge.plan}
			marks={isLooking ? marks : work.merge.marks}
			selected={selected}
			onSelect={onSelect}
			label={isLooking ? "Their draft" : "Both drafts merged"}
		/>
	);
}

interface BannerProps {
	name: string;
	revision: number;
	work: MergeWork;
	isLooking: boolean;
	onLook: () => void;
	onDrop: () => void;
}

function Banner({ name, revision, work, isLooking, onLook, onDrop }: BannerProps) {
	const { changes, groups } = work.merge;
	const fit = changes.mine.length + changes.theirs.length;
	const fields = groups.reduce((count, { conflicts }) => count + conflicts.length, 0);
	const disputed =
		fields === 0 ? "nothing contradicts" : `${countOf(fields, "field")} ${fields === 1 ? "does" : "do"} not`;
	return (
		<div
			role="status"
			className="flex min-h-11 min-w-0 items-center gap-2.5 border-line border-b bg-retrying-soft px-4 phone:flex-wrap phone:py-2"
		>
			<GitMerge aria-hidden="true" className="size-4 flex-none text-retrying" />
			<p className="min-w-0 truncate phone:whitespace-normal">
				<strong className="font-medium">
					{name} saved revision {revision} while you were editing.
				</strong>{" "}
				<span className="text-ink-2">
					Nothing of yours is lost: {countOf(fit, "change")} {fit === 1 ? "fits" : "fit"} together, {disputed}.
				</span>
			</p>
			<span className="ml-auto flex flex-none gap-2">
				<Button intent="ghost" aria-pressed={isLooking} onClick={onLook}>
					{isLooking ? "Look at both" : `Look at revision ${revision}`}
				</Button>
				<Button intent="ghost" onClick={onDrop}>
					Drop mine
				</Button>
			</span>
		</div>
	);
}

/** In sentences by their first name, on avatars as everywhere. Two tabs of one person have no faces. */
function useNames(theirs: OthersDraft) {
	const { user } = useViewer();
	if (isOwn(theirs, user.id))
		return { names: { mine: "This tab", theirs: nameSaver(theirs, user.id) }, faces: undefined };
	return {
		names: { mine: "Yours", theirs: nameSaver(theirs, user.id) },
		faces: { mine: user.name ?? user.email, theirs: theirs.savedBy?.name ?? "Somebody" },
	};
}

function useProblems(plan: SavingState["plan"], credentials: readonly string[] | undefined): number {
	return useMemo(() => {
		const issues = validatePlan(plan, { definitions: catalog, ...(credentials && { credentials }) });
		return issues.filter(isError).length;
	}, [plan, credentials]);
}

/** ⌘S or Ctrl+S, as in a text editor. */
function useSaveKey(onSave: () => void): void {
	const save = useEffectEvent(onSave);
	useEffect(() => {
		const press = (event: KeyboardEvent) => {
			if (event.key.toLowerCase() !== "s" || !(event.metaKey || event.ctrlKey)) return;
			event.preventDefault();
			save();
		};
		addEventListener("keydown", press);
		return () => removeEventListener("keydown", press);
	}, []);
}
