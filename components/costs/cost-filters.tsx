"use client";

import { useQuery } from "@tanstack/react-query";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import type { Inputs } from "../trpc/types";
import { InputBox } from "../ui/forms/input";
import { Segmented } from "../ui/forms/segmented";
import { Select, type SelectOption } from "../ui/forms/select";
import { type CostView, daysOf } from "./cost-view";

const RANGES = [
	{ value: "7", label: "7 days" },
	{ value: "30", label: "30 days" },
	{ value: "90", label: "90 days" },
	{ value: "custom", label: "Custom" },
] as const;
const ALL = "all";

interface CostFiltersProps {
	view: CostView;
	asked: Pick<Inputs["costs"]["read"], "team" | "from" | "to" | "timeZone">;
	onChange: (view: CostView) => void;
}

/** Of which days, workflow and model the costs are shown. */
export function CostFilters({ view, asked, onChange }: CostFiltersProps) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const workflows = useQuery(trpc.workflows.list.queryOptions({ team: team.slug }));
	const used = useQuery(trpc.costs.read.queryOptions({ ...asked, by: "model" }, { staleTime: 0 }));
	const flows = (workflows.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }));
	const models = listModels(used.data?.rows ?? []);
	const chooseRange = (range: CostView["range"]) => onChange({ ...view, ...daysOf(view, asked.to), range });
	return (
		<div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-5 py-2 phone:px-4">
			<Segmented aria-label="Days" value={view.range} options={RANGES} onChange={chooseRange} />
			{view.range === "custom" && <CustomDays view={view} onChange={onChange} />}
			<Filter
				label="Workflow"
				all="All workflows"
				value={view.workflow}
				options={flows}
				onChange={(workflow) => onChange({ ...view, workflow })}
			/>
			<Filter
				label="Model"
				all="All models"
				value={view.model}
				options={models}
				onChange={(model) => onChange({ ...view, model })}
			/>
		</div>
	);
}

function CustomDays({ view, onChange }: Pick<CostFiltersProps, "view" | "onChange">) {
	const field = (label: string, name: "from" | "to") => (
		<InputBox
			type="date"
			size="bar"
			aria-label={label}
			boxClassName="w-33 phone:w-36"
			value={view[name]}
			onChange={({ target: { value } }) => value !== "" && onChange({ ...view, [name]: value })}
		/>
	);
	return (
		<>
			{field("First day", "from")}
			{field("Last day", "to")}
		</>
	);
}

/** Providers, each followed by its models. */
function listModels(rows: readonly { provider: string | null; model: string | null }[]): SelectOption[] {
	const providers = [...new Set(rows.flatMap(({ provider }) => provider ?? []))].toSorted();
	return providers.flatMap((provider) => [
		{ value: provider, label: `All of ${provider}` },
		...rows
			.flatMap((row) => (row.provider === provider && row.model !== null ? [row.model] : []))
			.toSorted()
			.map((model) => ({ value: `${provider} ${model}`, label: model })),
	]);
}

interface FilterProps {
	label: string;
	all: string;
	/** "" for all. */
	value: string;
	options: readonly SelectOption[];
	onChange: (value: string) => void;
}

function Filter({ label, all, value, options, onChange }: FilterProps) {
	const isKnown = value === "" || options.some((option) => option.value === value);
	return (
		<Select
			size="bar"
			aria-label={label}
			className="w-44 phone:w-0 phone:min-w-2/5 phone:flex-1"
			value={value === "" ? ALL : value}
			options={[{ value: ALL, label: all }, ...options, ...(isKnown ? [] : [{ value, label: value }])]}
			onChange={(chosen) => onChange(chosen === ALL ? "" : chosen)}
		/>
	);
}
