import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Badge } from "@/components/ui/chip";
import { formatClock } from "@/components/ui/format/format-time";
import { GuardedButton } from "@/components/ui/guarded";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { Kbd } from "@/components/ui/kbd";
import { PanelHead } from "@/components/ui/panel-head";
import { countOf } from "@/server/nodes/summary-text";
import type { Side, Versions } from "@/server/plan/merge/merge-conflict";
import type { NodeId, Plan } from "@/server/plan/plan";
import { ChangeList } from "../changes/change-list";
import { StepButtons } from "../changes/step-buttons";
import { ConflictCard, SideMark } from "./conflict-card";
import { describeConflict, titleOfGroup } from "./explain-conflict";
import type { ConflictGroup } from "./merge-drafts";
import type { MergeWork } from "./use-merge";

interface MergePanelProps {
	work: MergeWork;
	plans: Versions<Plan>;
	names: Readonly<Record<Side, string>>;
	/** Whose avatars stand beside what; undefined where both sides are one person. */
	faces: Readonly<Record<Side, string>> | undefined;
	/** `revision 42 → 43 and yours` */
	revisions: string;
	/** When theirs was saved, where that is known. */
	savedAt?: Date;
	/** Errors that the merged plan would have. */
	problems: number;
	selected: NodeId | null;
	onSelect: (id: NodeId) => void;
	onCancel: () => void;
	/** Why the viewer may not save it, if so. */
	whyNot?: ReactNode | undefined;
	onSave: () => void;
}

/** Beside the canvas of a merge: the conflicts to settle, then each side's changes to take or leave. */
export function MergePanel(props: MergePanelProps) {
	const { work, revisions, problems, selected, onSelect, whyNot, onCancel, onSave } = props;
	const { merge } = work;
	return (
		<aside aria-label="Merge" className="flex min-h-0 min-w-0 flex-col border-line border-l bg-panel">
			<Head revisions={revisions} work={work} selected={selected} onSelect={onSelect} />
			<Scroll selected={selected}>
				{merge.groups.length > 0 && <ConflictsHeading work={work} />}
				{merge.groups.map((group) => (
					<div key={group.key} data-about={group.nodeId}>
						<Conflicts {...props} group={group} />
					</div>
				))}
				<SideChanges {...props} side="mine" />
				<SideChanges {...props} side="theirs" />
			</Scroll>
			<Footer open={merge.open} problems={problems} whyNot={whyNot} onCancel={onCancel} onSave={onSave} />
		</aside>
	);
}

function ConflictsHeading({ work: { merge } }: Pick<MergePanelProps, "work">) {
	return (
		<h3 className="flex h-10 items-center gap-1.5 px-4 font-semibold text-12">
			<TriangleAlert aria-hidden="true" className="size-3.5 text-retrying" />
			Conflicts
			<Badge>{merge.groups.reduce((count, { conflicts }) => count + conflicts.length, 0)}</Badge>
			<span role="status" className="ml-auto font-normal text-ink-3">
				{merge.open === 0 ? "all chosen" : `${merge.open} to choose`}
			</span>
		</h3>
	);
}

type ConflictsProps = MergePanelProps & { group: ConflictGroup };

function Conflicts({ group, work, plans, names, faces, selected, onSelect }: ConflictsProps) {
	const { nodeId } = group;
	return (
		<ConflictCard
			title={titleOfGroup(group, plans)}
			node={plans.mine.nodes.find(({ id }) => id === nodeId)}
			questions={group.conflicts.map((conflict) => describeConflict(conflict, plans))}
			chosen={work.choices.sides}
			names={names}
			faces={faces}
			selected={nodeId !== undefined && nodeId === selected}
			onChoose={work.choose}
			onSelect={() => nodeId !== undefined && onSelect(nodeId)}
		/>
	);
}

function SideChanges({ side, work, names, faces, savedAt, selected, onSelect }: MergePanelProps & { side: Side }) {
	const changes = work.merge.changes[side];
	if (changes.length === 0) return null;
	return (
		<div className="border-line border-t">
			<ChangeList
				title={names[side]}
				face={<SideMark side={side} faces={faces} />}
				end={side === "theirs" && savedAt && `saved ${formatClock(savedAt).slice(0, 5)}`}
				changes={changes}
				selected={changes.find(({ of, id }) => of === "node" && id === selected)?.key}
				onSelect={({ of, id }) => of === "node" && onSelect(id)}
				taking={{ left: work.choices.left[side], onTake: (key, isTaken) => work.take(side, key, isTaken) }}
			/>
		</div>
	);
}

type FooterProps = Pick<MergePanelProps, "problems" | "whyNot" | "onCancel" | "onSave"> & { open: number };

function Footer({ open, problems, whyNot, onCancel, onSave }: FooterProps) {
	const modKey = useModKey();
	return (
		<footer className="flex h-12 flex-none items-center gap-2 border-line border-t bg-page px-4 text-12 text-ink-3 phone:h-auto phone:flex-wrap phone:py-3">
			<Verdict open={open} problems={problems} />
			<span className="ml-auto flex gap-2">
				<Button intent="ghost" onClick={onCancel}>
					Cancel
				</Button>
				<GuardedButton intent="primary" whyNot={whyNot} disabled={open > 0} onClick={onSave}>
					Save merged
					<Kbd onAccent className="-mr-1">
						{modKey}S
					</Kbd>
				</GuardedButton>
			</span>
		</footer>
	);
}

/** Brings what is about the chosen step into view. */
function Scroll({ selected, children }: { selected: NodeId | null; children: ReactNode }) {
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (selected === null) return;
		list.current?.querySelector(`[data-about="${CSS.escape(selected)}"]`)?.scrollIntoView({ block: "nearest" });
	}, [selected]);
	return (
		<div ref={list} className="min-h-0 flex-1 overflow-y-auto border-line border-t">
			{children}
		</div>
	);
}

function Verdict({ open, problems }: { open: number; problems: number }) {
	if (open > 0) return <span className="min-w-0 truncate">Choose a side of each conflict</span>;
	const Icon = problems > 0 ? CircleAlert : CircleCheck;
	return (
		<span className="flex min-w-0 items-center gap-2">
			<Icon
				aria-hidden="true"
				className={problems > 0 ? "size-3.5 flex-none text-failed" : "size-3.5 flex-none text-completed"}
			/>
			<span className="truncate">Merged plan has {problems === 0 ? "no problems" : countOf(problems, "problem")}</span>
		</span>
	);
}

type HeadProps = Pick<MergePanelProps, "revisions" | "work" | "selected" | "onSelect">;

function Head({ revisions, work, selected, onSelect }: HeadProps) {
	const about = work.merge.groups.flatMap(({ nodeId }) => nodeId ?? []);
	const go = (by: 1 | -1) => {
		const at = selected === null ? -1 : about.indexOf(selected);
		const next = about.at((Math.max(at, by > 0 ? -1 : 0) + by) % about.length);
		if (next !== undefined) onSelect(next);
	};
	return (
		<PanelHead title="Merge" caption={revisions}>
			{about.length > 0 && <StepButtons of="conflict" onStep={go} />}
		</PanelHead>
	);
}
