"use client";

import { useQuery } from "@tanstack/react-query";
import { AUDIT_ACTIONS, type AuditAction } from "@/server/teams/audit-action";
import { useTRPC } from "../trpc/client";
import { SearchInput } from "../ui/forms/search-input";
import { Select, type SelectOption } from "../ui/forms/select";
import { actionLabel } from "./describe-entry";

/** What a filter says; an empty text asks for everything. */
export interface AuditFilters {
	actor: string;
	action: AuditAction | "";
	workflow: string;
	days: string;
	/** Words. */
	q: string;
}
export const NO_FILTERS: AuditFilters = { actor: "", action: "", workflow: "", days: "", q: "" };

const ALL = "all";
const PERIODS = [
	{ value: "1", label: "Last 24 hours" },
	{ value: "7", label: "Last 7 days" },
	{ value: "30", label: "Last 30 days" },
];

interface AuditFilterBarProps {
	team: string;
	filters: AuditFilters;
	onChange: (filters: AuditFilters) => void;
}

export function AuditFilterBar({ team, filters, onChange }: AuditFilterBarProps) {
	const trpc = useTRPC();
	const members = useQuery(trpc.members.list.queryOptions({ team }));
	const workflows = useQuery(trpc.workflows.list.queryOptions({ team }));
	const archived = useQuery(trpc.workflows.list.queryOptions({ team, archived: true }));
	const people = (members.data ?? []).map(({ userId, name }) => ({ value: userId, label: name }));
	const flows = [...(workflows.data ?? []), ...(archived.data ?? [])].map(({ slug, name }) => ({
		value: slug,
		label: name,
	}));
	return (
		<div className="mb-3 grid grid-cols-[minmax(0,1.6fr)_repeat(4,minmax(0,1fr))] gap-2 max-xl:grid-cols-2">
			<SearchInput
				label="Search the audit log"
				placeholder="Search"
				boxClassName="max-xl:col-span-full"
				value={filters.q}
				onSearch={(q) => onChange({ ...filters, q })}
				onKeyDown={(event) => event.key === "Escape" && onChange({ ...filters, q: "" })}
			/>
			<Filter
				label="Who"
				all="Everybody"
				value={filters.actor}
				options={[...people, { value: "system", label: "Weft itself" }]}
				onChange={(actor) => onChange({ ...filters, actor })}
			/>
			<Filter
				label="What"
				all="Everything"
				value={filters.action}
				options={AUDIT_ACTIONS.map((action) => ({ value: action, label: actionLabel(action) }))}
				onChange={(text) => onChange({ ...filters, action: AUDIT_ACTIONS.find((action) => action === text) ?? "" })}
			/>
			<Filter
				label="Workflow"
				all="All workflows"
				value={filters.workflow}
				options={flows}
				onChange={(workflow) => onChange({ ...filters, workflow })}
			/>
			<Filter
				label="Time"
				all="Any time"
				value={filters.days}
				options={PERIODS}
				onChange={(days) => onChange({ ...filters, days })}
			/>
		</div>
	);
}

interface FilterProps {
	label: string;
	/** What it says when it asks for everything. */
	all: string;
	value: string;
	options: readonly SelectOption[];
	onChange: (value: string) => void;
}

function Filter({ label, all, value, options, onChange }: FilterProps) {
	return (
		<Select
			size="bar"
			aria-label={label}
			value={value === "" ? ALL : value}
			options={[{ value: ALL, label: all }, ...options]}
			onChange={(chosen) => onChange(chosen === ALL ? "" : chosen)}
		/>
	);
}
