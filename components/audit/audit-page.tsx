"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { allows } from "@/server/teams/permissions";
import { SettingsFrame } from "../settings/settings-frame";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { EmptyState, ErrorRow } from "../ui/list-states";
import { Menu, MenuItem, MenuLabel } from "../ui/menu";
import { SkeletonRows } from "../ui/skeleton";
import { AuditFilterBar, type AuditFilters, NO_FILTERS } from "./audit-filters";
import { AuditTable } from "./audit-table";

const DAY_MS = 86_400_000;
const PAGE = 50;

/** Who did what in a team, for those who may know. */
export function AuditPage({ team }: { team: string }) {
	const viewer = useViewer();
	const whyNot = useWhyNot("audit:view");
	return (
		<SettingsFrame team={team} page="Audit log">
			{allows(viewer.team.role, "audit:view") ? (
				<AuditLog team={team} />
			) : (
				<EmptyState picture={<Picture />} title="The audit log is for admins">
					{whyNot}
				</EmptyState>
			)}
		</SettingsFrame>
	);
}

function AuditLog({ team }: { team: string }) {
	const [filters, setFilters] = useState(NO_FILTERS);
	/** Kept from the choice on, so that all pages and the export are of the same time. */
	const [from, setFrom] = useState<string>();
	const change = (next: AuditFilters) => {
		if (next.days !== filters.days)
			setFrom(next.days === "" ? undefined : new Date(Date.now() - Number(next.days) * DAY_MS).toISOString());
		setFilters(next);
	};
	const asked = toRequest(team, filters, from);
	const log = useAuditLog(asked);
	const items = log.data?.pages.flatMap((page) => page.items) ?? [];
	return (
		<>
			<div className="mb-3 flex items-end gap-4 phone:flex-col phone:items-stretch">
				<div className="min-w-0 flex-1">
					<h2 className="text-20 tracking-[-0.012em]">Audit log</h2>
					<p className="text-ink-2">Who did what, when, and from where. Nobody can edit it.</p>
				</div>
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
				{log.data && items.length === 0 && <Nothing onShowAll={() => change(NO_FILTERS)} />}
			</div>
			{log.hasNextPage && (
				<div className="flex justify-end pt-3">
					<Button onClick={() => void log.fetchNextPage()} busy={log.isFetchingNextPage}>
						Show older entries
					</Button>
				</div>
			)}
		</>
	);
}

function Nothing({ onShowAll }: { onShowAll: () => void }) {
	return (
		<EmptyState picture={<Picture />} title="Nothing here" action={<Button onClick={onShowAll}>Show all</Button>}>
			No entry is about this. Every change in the team is written down from now on.
		</EmptyState>
	);
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
			<MenuLabel>What is filtered, the newest 100,000</MenuLabel>
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

function toRequest(team: string, { actor, action, workflow }: AuditFilters, from: string | undefined) {
	return {
		team,
		...(actor !== "" && { actor }),
		...(action !== "" && { action }),
		...(workflow !== "" && { workflow }),
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
