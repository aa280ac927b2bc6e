"use client";

import { History, X } from "lucide-react";
import { useMemo, useState } from "react";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { formatMoment } from "@/components/ui/format-time";
import { IconButton } from "@/components/ui/icon-button";
import { ErrorRow } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type LargePart, usePart } from "@/components/ui/use-part";
import type { Plan } from "@/server/plan/plan";
import { stringifyWorkflow } from "@/server/plan/plan-yaml";
import { useEditor, useEditorStore } from "../editor-store";
import type { DraftSaving } from "../saving/use-draft-saving";
import { MarkedCanvas } from "./changes/marked-canvas";
import { revertChange } from "./changes/revert-change";
import { ChangeDetails } from "./versions/change-details";
import { ChangeList } from "./versions/change-list";
import { useComparison } from "./versions/use-comparison";
import { useVersionPlan } from "./versions/use-version-plan";
import { useVersions, type Version } from "./versions/use-versions";
import { RestoreDialog } from "./versions/version-list";
import type { YamlDiffProps } from "./versions/yaml-diff";
import { type EditorView, ViewSwitch } from "./view-switch";

const yamlDiff: LargePart<YamlDiffProps> = {
	load: () => import("./versions/yaml-diff").then((module) => module.YamlDiff),
};

interface VersionHistoryProps {
	team: string;
	slug: string;
	name: string;
	saving: DraftSaving;
	/** The version that is compared with the draft at first. */
	version: number;
	onClose: () => void;
}

/** Versions and the draft compared: on the canvas, field by field, or as YAML. Fills what is below the top bar. */
export function VersionHistory({ team, slug, name, saving, version, onClose }: VersionHistoryProps) {
	const draft = useEditor((state) => state.plan);
	const [from, setFrom] = useState(version);
	const [to, setTo] = useState<number | null>(null);
	const { versions = [] } = useVersions(team, slug);
	const before = useVersionPlan({ team, slug, version: from });
	const published = useVersionPlan({ team, slug, version: to });
	const after = to === null ? draft : published.plan;
	const [restoring, setRestoring] = useState(false);
	const [view, setView] = useState<EditorView>("canvas");
	const error = before.error ?? published.error;
	const retry = before.error ? before.retry : published.retry;
	return (
		<div className="grid min-h-0 grid-rows-[44px_minmax(0,1fr)] bg-page">
			<div className="flex min-w-0 items-center gap-3 border-line border-b px-4">
				<h2 className="flex-none font-semibold">Compare</h2>
				<VersionSelect
					label="Before"
					value={String(from)}
					versions={versions}
					onChange={(next) => setFrom(Number(next))}
				/>
				<span className="flex-none text-12 text-ink-3">with</span>
				<VersionSelect
					label="After"
					value={to === null ? DRAFT : String(to)}
					versions={versions}
					hasDraft
					onChange={(next) => setTo(next === DRAFT ? null : Number(next))}
				/>
				<span className="ml-auto flex flex-none items-center gap-2">
					<ViewSwitch value={view} onChange={setView} />
					<Button className="phone:hidden" onClick={() => setRestoring(true)}>
						<History />
						Restore v{from}
					</Button>
					<IconButton label="Close the comparison" onClick={onClose}>
						<X />
					</IconButton>
				</span>
			</div>
			{error ? (
				<ErrorRow onRetry={retry} busy={before.isFetching || published.isFetching}>
					{errorText(error)}
				</ErrorRow>
			) : before.plan && after ? (
				<Comparison before={before.plan} after={after} isDraft={to === null} view={view} names={{ slug, name }} />
			) : (
				<SkeletonRows rows={8} label="Loading the versions" />
			)}
			{restoring && (
				<RestoreDialog
					team={team}
					slug={slug}
					saving={saving}
					version={from}
					onClose={() => setRestoring(false)}
					onRestored={onClose}
				/>
			)}
		</div>
	);
}

const DRAFT = "draft";

interface VersionSelectProps {
	label: string;
	value: string;
	versions: readonly Version[];
	hasDraft?: boolean;
	onChange: (value: string) => void;
}

function VersionSelect({ label, value, versions, hasDraft, onChange }: VersionSelectProps) {
	const options = versions.map(({ version, publishedAt, publishedBy }) => ({
		value: String(version),
		label: `v${version} · ${formatMoment(publishedAt).split(",")[0]}${publishedBy ? `, ${publishedBy.name}` : ""}`,
	}));
	const known = options.some((option) => option.value === value);
	const all = [
		...(hasDraft ? [{ value: DRAFT, label: "The draft, as it is now" }] : []),
		...(known || value === DRAFT ? [] : [{ value, label: `v${value}` }]),
		...options,
	];
	return (
		<Select
			aria-label={label}
			size="bar"
			value={value}
			options={all}
			onChange={onChange}
			className="w-60 min-w-0 flex-initial"
		/>
	);
}

interface ComparisonProps {
	before: Plan;
	after: Plan;
	/** What is compared with can still be changed. */
	isDraft: boolean;
	view: EditorView;
	names: { slug: string; name: string };
}

function Comparison({ before, after, isDraft, view, names }: ComparisonProps) {
	const editor = useEditorStore();
	const { changes, marks, moved, current, select, selectNode, step } = useComparison(before, after);
	const undo = () => {
		if (current)
			editor.getState().apply(`Undo the change of ${current.title}`, (plan) => revertChange(plan, before, current));
	};
	return (
		<div className="grid min-h-0 grid-cols-[240px_minmax(0,1fr)_auto] phone:grid-cols-1 phone:grid-rows-[160px_minmax(0,1fr)_auto]">
			<aside
				aria-label="Changes"
				className="flex min-h-0 flex-col border-line border-r bg-panel phone:order-last phone:max-h-60"
			>
				<ChangeList changes={changes} moved={moved} selected={current?.key} onSelect={select} />
			</aside>
			<main className="min-h-0 min-w-0">
				{view === "canvas" ? (
					<MarkedCanvas
						before={before}
						after={after}
						marks={marks}
						selected={current?.of === "node" ? current.id : null}
						onSelect={selectNode}
						label="Both versions"
					/>
				) : (
					<TextComparison before={before} after={after} names={names} />
				)}
			</main>
			{current ? (
				<div className="grid w-80 min-w-0 phone:w-auto">
					<ChangeDetails
						change={current}
						before={before}
						after={after}
						onStep={step}
						{...(isDraft && { onUndo: undo })}
					/>
				</div>
			) : null}
		</div>
	);
}

type TextComparisonProps = Pick<ComparisonProps, "before" | "after" | "names">;

function TextComparison({ before, after, names }: TextComparisonProps) {
	const { slug, name } = names;
	const [old, now] = useMemo(
		() => [before, after].map((plan) => stringifyWorkflow({ slug, name, description: "", plan: withoutPlaces(plan) })),
		[before, after, slug, name],
	);
	const diff = usePart(yamlDiff);
	switch (diff.status) {
		case "loaded":
			return <diff.Part before={old ?? ""} after={now ?? ""} label="Both versions as YAML" />;
		case "failed":
			return <ErrorRow onRetry={diff.retry}>The text editor could not be loaded. Are you offline?</ErrorRow>;
		case "loading":
			return <SkeletonRows rows={8} label="Loading the YAML" />;
	}
}

/** Where things stand is no difference between versions. */
function withoutPlaces(plan: Plan): Plan {
	return { ...plan, nodes: plan.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })) };
}
