"use client";

import { FileDown, History, X } from "lucide-react";
import { useState } from "react";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ErrorRow } from "@/components/ui/error-row";
import { formatMoment } from "@/components/ui/format/format-time";
import { Select } from "@/components/ui/forms/select";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useEditor } from "../editor-store";
import type { DraftSaving } from "../saving/use-draft-saving";
import { Comparison } from "./versions/comparison";
import { useVersionPlan } from "./versions/use-version-plan";
import { useVersions, type Version } from "./versions/use-versions";
import { RestoreDialog } from "./versions/version-list";
import { type EditorView, ViewSwitch } from "./view-switch";

interface VersionHistoryProps {
	team: string;
	slug: string;
	name: string;
	saving: DraftSaving;
	/** The version that is compared with the draft at first. */
	version: number;
	/** Hands out a version's YAML. */
	onExport: (version: number) => void;
	onClose: () => void;
}

/** Versions and the draft compared: on the canvas, field by field, or as YAML. Fills what is below the top bar. */
export function VersionHistory({ team, slug, name, saving, version, onExport, onClose }: VersionHistoryProps) {
	const { versions = [] } = useVersions(team, slug);
	const [pair, setPair] = useState<Pair>({ from: version, to: null });
	const plans = usePlans({ team, slug }, pair);
	const [restoring, setRestoring] = useState(false);
	const [view, setView] = useState<EditorView>("canvas");
	return (
		<div className="grid min-h-0 grid-rows-[44px_minmax(0,1fr)] bg-page">
			<div className="flex min-w-0 items-center gap-3 border-line border-b px-4">
				<h2 className="flex-none font-semibold">Compare</h2>
				<PairSelect pair={pair} versions={versions} onChange={setPair} />
				<span className="ml-auto flex flex-none items-center gap-2">
					<ViewSwitch value={view} onChange={setView} />
					<Button className="phone:hidden" onClick={() => setRestoring(true)}>
						<History />
						Restore v{pair.from}
					</Button>
					<IconButton label={`Export v${pair.from}`} className="phone:hidden" onClick={() => onExport(pair.from)}>
						<FileDown />
					</IconButton>
					<IconButton label="Close the comparison" onClick={onClose}>
						<X />
					</IconButton>
				</span>
			</div>
			{plans.error && !(plans.before && plans.after) ? (
				<ErrorRow onRetry={plans.retry} busy={plans.isFetching}>
					{errorText(plans.error)}
				</ErrorRow>
			) : plans.before && plans.after ? (
				<Comparison
					before={plans.before}
					after={plans.after}
					isDraft={pair.to === null}
					view={view}
					names={{ slug, name }}
				/>
			) : (
				<SkeletonRows rows={8} label="Loading the versions" />
			)}
			{restoring && (
				<RestoreDialog
					team={team}
					slug={slug}
					saving={saving}
					version={pair.from}
					onClose={() => setRestoring(false)}
					onRestored={onClose}
				/>
			)}
		</div>
	);
}

/** The versions that are compared; undefined for the draft. */
interface Pair {
	from: number;
	to: number | null;
}

function usePlans(workflow: { team: string; slug: string }, { from, to }: Pair) {
	const draft = useEditor((state) => state.plan);
	const before = useVersionPlan({ ...workflow, version: from });
	const published = useVersionPlan({ ...workflow, version: to });
	return {
		before: before.plan,
		after: to === null ? draft : published.plan,
		error: before.error ?? published.error,
		retry: before.error ? before.retry : published.retry,
		isFetching: before.isFetching || published.isFetching,
	};
}

const DRAFT = "draft";

interface PairSelectProps {
	pair: Pair;
	versions: readonly Version[];
	onChange: (pair: Pair) => void;
}

function PairSelect({ pair, versions, onChange }: PairSelectProps) {
	const { from, to } = pair;
	return (
		<>
			<VersionSelect
				label="Before"
				value={String(from)}
				versions={versions}
				onChange={(next) => onChange({ ...pair, from: Number(next) })}
			/>
			<span className="flex-none text-12 text-ink-3">with</span>
			<VersionSelect
				label="After"
				value={to === null ? DRAFT : String(to)}
				versions={versions}
				hasDraft
				onChange={(next) => onChange({ ...pair, to: next === DRAFT ? null : Number(next) })}
			/>
		</>
	);
}

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
