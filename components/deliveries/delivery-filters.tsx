"use client";

import { useQuery } from "@tanstack/react-query";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { SearchInput } from "../ui/forms/search-input";
import { Segmented } from "../ui/forms/segmented";
import { Select } from "../ui/forms/select";
import { TriggerChoice, type TriggerName } from "./trigger-choice";
import type { Delivery } from "./use-deliveries";

/** Which deliveries are shown. */
export interface Shown {
	verdict: Delivery["verdict"] | "all";
	trigger: TriggerName | undefined;
	/** Those of the last hours; undefined for all that are kept. */
	hours: number | undefined;
	find: string;
}

const VERDICTS = [
	{ value: "all", label: "All" },
	{ value: "started", label: "Started" },
	{ value: "filtered", label: "Filtered" },
	{ value: "duplicate", label: "Duplicate" },
	{ value: "skipped", label: "Skipped" },
	{ value: "missed", label: "Missed" },
	{ value: "refused", label: "Refused" },
	{ value: "failed", label: "Failed" },
] as const;

const ALL_TIME = "all";
const PERIODS = [
	{ value: "1", label: "Last hour" },
	{ value: "24", label: "Last 24 hours" },
	{ value: "168", label: "Last 7 days" },
	{ value: "720", label: "Last 30 days" },
	{ value: ALL_TIME, label: "Any time" },
] as const;

/** Counting takes longer than reading a page. */
const COUNTED_MS = 15_000;

interface DeliveryFiltersProps {
	shown: Shown;
	/** What is sought once nothing more is typed. */
	sought: string;
	onChange: (shown: Shown) => void;
}

/** What of the deliveries is shown, with how many there are of each verdict. */
export function DeliveryFilters({ shown, sought, onChange }: DeliveryFiltersProps) {
	const { team } = useViewer();
	const { trigger, hours, find } = shown;
	const asked = { team: team.slug, ...trigger, ...(hours !== undefined && { hours }), ...(sought && { find: sought }) };
	const { data } = useQuery(
		useTRPC().triggers.deliveryCounts.queryOptions(asked, { staleTime: 0, refetchInterval: COUNTED_MS }),
	);
	const countOf = (verdict: Shown["verdict"]) => {
		if (!data) return "";
		if (verdict === "all") return `${data.all.toLocaleString("en-US")}${data.isMore ? "+" : ""}`;
		return (data.counts.find((each) => each.verdict === verdict)?.count ?? 0).toLocaleString("en-US");
	};
	const options = VERDICTS.map(({ value, label }) => ({
		value,
		label: (
			<>
				{label} <span className="min-w-3 font-normal text-ink-3 tabular-nums">{countOf(value)}</span>
			</>
		),
	}));
	return (
		<>
			<div className="max-w-full overflow-x-auto">
				<Segmented
					aria-label="Verdict"
					value={shown.verdict}
					options={options}
					onChange={(verdict) => onChange({ ...shown, verdict })}
				/>
			</div>
			<TriggerChoice value={trigger} onChange={(chosen) => onChange({ ...shown, trigger: chosen })} />
			<Select
				aria-label="Period"
				size="bar"
				className="w-36 phone:w-0 phone:min-w-2/5 phone:flex-1"
				value={hours === undefined ? ALL_TIME : String(hours)}
				options={PERIODS}
				onChange={(value) => onChange({ ...shown, hours: value === ALL_TIME ? undefined : Number(value) })}
			/>
			<SearchInput
				label="Find deliveries"
				boxClassName="w-52 phone:w-0 phone:min-w-2/5 phone:flex-1"
				value={find}
				onSearch={(text) => onChange({ ...shown, find: text.slice(0, 100) })}
			/>
		</>
	);
}
