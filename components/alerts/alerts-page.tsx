"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { PageHead } from "../shell/page-head";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Badge } from "../ui/chip";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { SearchInput } from "../ui/forms/search-input";
import { Segmented } from "../ui/forms/segmented";
import { useIsPhone } from "../ui/hooks/use-is-phone";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { AlertPanel } from "./alert-panel";
import { AlertTable } from "./alert-table";
import { SilenceList } from "./silence-list";

type Shown = "firing" | "resolved" | "silences";

/** Alerts come while they are looked at. */
const REFRESH_MS = 3_000;
const COUNT_MS = 10_000;
const SILENCES_MS = 30_000;
const FIRST = 100;
const MOST = 200;

/** What fires, what has fired, the runs that it caused, and what is silenced. */
export function AlertsPage() {
	const { team } = useViewer();
	const trpc = useTRPC();
	const isPhone = useIsPhone();
	const [shown, setShown] = useState<Shown>("firing");
	const [chosen, setChosen] = useState<string>();
	const [find, setFind] = useState("");
	const input = { team: team.slug };
	const count = useQuery(trpc.alerts.count.queryOptions(input, { refetchInterval: COUNT_MS }));
	const silences = useQuery(trpc.alerts.silences.queryOptions(input, { refetchInterval: SILENCES_MS }));
	const silenced = new Set(silences.data?.silences.flatMap(({ alertIds }) => alertIds));
	const heard = count.data?.sources.flatMap(({ heardAt }) => heardAt?.getTime() ?? []) ?? [];
	const tabs = [
		{ value: "firing", label: <Counted label="Active" count={count.data?.firing} isBad /> },
		{ value: "resolved", label: <Counted label="Resolved" count={count.data?.resolvedToday} /> },
		{ value: "silences", label: <Counted label="Silences" count={silences.data?.silences.length} /> },
	] as const;
	const hasPanel = chosen !== undefined && shown !== "silences";
	return (
		<>
			<PageHead
				title="Alerts"
				actions={
					heard.length > 0 && (
						<span className="text-12 text-ink-3 phone:hidden">
							Last heard <RelativeTime at={Math.max(...heard)} />
						</span>
					)
				}
			/>
			{count.data?.isEmpty && count.data.sources.length === 0 ? (
				<NoSources />
			) : (
				<div className="flex min-h-0 flex-1">
					{!(isPhone && hasPanel) && (
						<div className="flex min-w-0 flex-1 flex-col">
							<div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-5 py-2 phone:px-4">
								<Segmented
									aria-label="Shown"
									value={shown}
									options={tabs}
									onChange={setShown}
									full={isPhone}
									className="phone:w-full"
								/>
								{shown !== "silences" && (
									<SearchInput
										label="Find an alert"
										placeholder="Find by name, label or summary"
										boxClassName="ml-auto w-72 phone:w-full"
										value={find}
										onSearch={setFind}
									/>
								)}
							</div>
							<Problems problems={count.data?.sources ?? []} />
							<div className="min-h-0 flex-1 overflow-y-auto">
								{shown === "silences" ? (
									silences.data && (
										<SilenceList
											data={silences.data}
											onRetry={() => void silences.refetch()}
											busy={silences.isFetching}
										/>
									)
								) : (
									<Episodes key={shown} status={shown} {...{ find, silenced, chosen }} onChoose={setChosen} />
								)}
							</div>
						</div>
					)}
					{hasPanel && <AlertPanel key={chosen} id={chosen} onClose={() => setChosen(undefined)} />}
				</div>
			)}
		</>
	);
}

function Counted({ label, count = 0, isBad = false }: { label: string; count?: number | undefined; isBad?: boolean }) {
	return (
		<>
			{label}
			{count > 0 && <Badge tone={isBad ? "bad" : "plain"}>{count}</Badge>}
		</>
	);
}

interface EpisodesProps {
	status: "firing" | "resolved";
	/** What is sought among them. */
	find: string;
	silenced: ReadonlySet<string>;
	chosen: string | undefined;
	onChoose: (id: string) => void;
}

function Episodes({ status, find, silenced, chosen, onChoose }: EpisodesProps) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const [limit, setLimit] = useState(FIRST);
	const sought = useDeferredValue(find.trim());
	const input = { team: team.slug, status, limit, ...(sought !== "" && { find: sought }) };
	const list = useQuery(
		trpc.alerts.list.queryOptions(input, { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData }),
	);
	const items = list.data?.items ?? [];
	return (
		<>
			{list.isPending && <SkeletonRows rows={8} rowClassName="h-12" label="Loading alerts" />}
			{list.error && (
				<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
					{errorText(list.error)}
				</ErrorRow>
			)}
			{list.data && items.length === 0 && <Nothing status={status} find={sought} />}
			{items.length > 0 && <AlertTable {...{ items, silenced, chosen, onChoose }} />}
			{list.data?.hasMore && (
				<div className="flex justify-center py-4 text-12 text-ink-3">
					{limit < MOST ? (
						<Button onClick={() => setLimit(MOST)}>Show earlier ones</Button>
					) : (
						"Earlier ones are found by name, label or summary."
					)}
				</div>
			)}
		</>
	);
}

function Nothing({ status, find }: { status: "firing" | "resolved"; find: string }) {
	if (find !== "")
		return (
			<EmptyState title="No alert fits" className="pt-20">
				{`None has “${find}” in its name, labels or summary.`}
			</EmptyState>
		);
	return (
		<EmptyState title={status === "firing" ? "Nothing fires" : "Nothing was resolved yet"} className="pt-20">
			{status === "firing"
				? "Alerts stand here while they fire, each with the runs that it has started."
				: "Alerts that have ended are kept for 180 days, with the reports of their runs."}
		</EmptyState>
	);
}

function Problems({
	problems,
}: {
	problems: readonly { key: string; slug: string; name: string; problem: string | null }[];
}) {
	return problems
		.filter(({ problem }) => problem !== null)
		.map(({ key, slug, name, problem }) => (
			<p
				key={`${slug} ${key}`}
				role="status"
				className="border-line border-b bg-retrying-soft px-5 py-2 text-12 phone:px-4"
			>
				{`What ${name} has missed cannot be read. ${problem}`}
			</p>
		));
}

function NoSources() {
	const { team } = useViewer();
	return (
		<EmptyState
			picture={<Siren aria-hidden="true" className="size-6 text-ink-3" />}
			title="No alerts come here yet"
			className="pt-20"
			action={
				<Button asChild>
					<Link href={`/${team.slug}/workflows`}>Open a workflow</Link>
				</Button>
			}
		>
			Add “Run on an alert” to a workflow and publish it. Its address is the url of a webhook_config in Alertmanager;
			from then on alerts stand here, each with the runs that it has started.
		</EmptyState>
	);
}
