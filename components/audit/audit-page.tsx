"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { allows } from "@/server/teams/permissions";
import { SettingsFrame } from "../settings/settings-frame";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { useSettled } from "../ui/hooks/use-settled";
import { Menu, MenuItem, MenuLabel } from "../ui/menu";
import { SkeletonRows } from "../ui/skeleton";
import { AuditFilterBar, type AuditFilters, NO_FILTERS } from "./audit-filters";
import { AuditTable } from "./audit-table";

const DAY_MS = 86_400_000;
const PAGE = 50;
const SETTLE_MS = 250;

interface AuditPageProps {
	team: string;
	/** The slug of the workflow that is asked about at first. */
	workflow?: string;
}

/** Who did what in a team, for those who may know. */
export function AuditPage({ team, workflow = "" }: AuditPageProps) {
	const viewer = useViewer();
	const whyNot = useWhyNot("audit:view");
	return (
		<SettingsFrame page="Audit log">
			{allows(viewer.team.role, "audit:view") ? (
				<AuditLog key={workflow} team={team} workflow={workflow} />
			) : (
				<>
					<AuditTitle />
					<EmptyState picture={<Picture />} title="The audit log is for admins">
						{whyNot}
					</EmptyState>
				</>
			)}
		</SettingsFrame>
	);
}

function AuditTitle() {
	return (
		<div className="min-w-0 flex-1">
			<h2 className="text-20 tracking-[-0.012em]">Audit log</h2>
			<p className="text-ink-2">Who did what, when, and from where. Nobody can edit it.</p>
		</div>
	);
}

function AuditLog({ team, workflow }: Required<AuditPageProps>) {
	const [filters, setFilters] = useState({ ...NO_FILTERS, workflow });
	/** Kept from the choice on, so that all pages and the export are of the same time. */
	const [from, setFrom] = useState<string>();
	const change = (next: AuditFilters) => {
		if (next.days !== filters.days)
			setFrom(next.days === "" ? undefined : new Date(Date.now() - Number(next.days) * DAY_MS).toISOString());
		setFilters(next);
	};
	const q = useSettled(filters.q.trim(), SETTLE_MS);
	const asked = toRequest(team, { ...filters, q }, from);
	const log = useAuditLog(asked);
	const items = log.data?.pages.flatMap((page) => page.items) ?? [];
	return (
		<>
			<div className="mb-3 flex items-end gap-4 phone:flex-col phone:items-stretch">
				<AuditTitle />
				<ExportMenu asked={asked} />
			</div>
			<AuditFilterBar team={team} filters={filters} onChange={change} />
			<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{log.error && (
					<ErrorRow onRetry={() => void log.refetch()} busy={log.isFetching}>
						{errorText(log.error)}
					</ErrorRow>
				)}
				{log.isPending && <SkeletonRows rows={12} rowClassName="h-9" label="Loading the audit log" />}
				{items.length > 0 && <AuditTable items={items} />}
				{log.data && items.length === 0 && <Nothing asked={asked} onShowAll={() => change(NO_FILTERS)} />}
			</div>
			<div className="flex min-h-7 items-center justify-between gap-3 pt-3">
				{items.length > 0 && <Found asked={asked} shown={items.length} />}
				{log.hasNextPage && (
					<Button onClick={() => void log.fetchNextPage()} busy={log.isFetchingNextPage}>
						Show older entries
					</Button>
				)}
			</div>
		</>
	);
}

/** How many entries there are of what is asked for. */
function Found({ asked, shown }: { asked: AuditRequest; shown: number }) {
	const { data } = useCount(asked);
	if (!data) return null;
	const all = `${data.isMore ? "more than " : ""}${data.count.toLocaleString("en-US")}`;
	return (
		<p role="status" className="text-12 text-ink-3 tabular-nums">
			{shown.toLocaleString("en-US")} of {all}
			{data.isSearchCut && ", searched in the newest 50,000"}
		</p>
	);
}

function Nothing({ asked, onShowAll }: { asked: AuditRequest; onShowAll: () => void }) {
	const { data } = useCount(asked);
	return (
		<EmptyState picture={<Picture />} title="Nothing here" action={<Button onClick={onShowAll}>Show all</Button>}>
			{data?.isSearchCut
				? "None of the newest 50,000 entries says this. Older ones are found without words: choose who, what or which workflow."
				: "No entry is about this. Every change in the team is written down from now on."}
		</EmptyState>
	);
}

function useCount(asked: AuditRequest) {
	const trpc = useTRPC();
	return useQuery(trpc.audit.count.queryOptions(asked, { staleTime: 0, meta: { ownError: true } }));
}

function Picture() {
	return <ScrollText aria-hidden="true" className="size-6 text-ink-3" />;
}

function ExportMenu({ asked }: { asked: AuditRequest }) {
	return (
		<Menu
			trigger={
				<Button size="form">
					<Download />
					Export
				</Button>
			}
		>
			<MenuLabel>
				{asked.q === undefined ? "What is filtered, the newest 100,000" : "What is found in the newest 50,000"}
			</MenuLabel>
			<MenuItem asChild>
				<a href={exportPath(asked, "csv")} download>
					CSV
				</a>
			</MenuItem>
			<MenuItem asChild>
				<a href={exportPath(asked, "jsonl")} download>
					JSON lines
				</a>
			</MenuItem>
		</Menu>
	);
}

type AuditRequest = ReturnType<typeof toRequest>;

function toRequest(team: string, { actor, action, workflow, q }: AuditFilters, from: string | undefined) {
	return {
		team,
		...(actor !== "" && { actor }),
		...(action !== "" && { action }),
		...(workflow !== "" && { workflow }),
		...(q !== "" && { q }),
		...(from !== undefined && { from }),
	};
}

function exportPath(asked: AuditRequest, format: string): string {
	return `/api/audit?${new URLSearchParams({ ...asked, format })}`;
}

function useAuditLog(asked: AuditRequest) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const first: string | undefined = undefined;
	return useInfiniteQuery({
		queryKey: [...trpc.audit.list.queryKey(asked), "pages"],
		queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
			queries.fetchQuery(
				trpc.audit.list.queryOptions({ ...asked, before: pageParam, limit: PAGE }, { staleTime: 0, gcTime: 0 }),
			),
		initialPageParam: first,
		getNextPageParam: (page) => page.next,
	});
}
