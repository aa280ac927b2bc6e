"use client";

import { useQuery } from "@tanstack/react-query";
import { Server, ShieldAlert, ShieldCheck } from "lucide-react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { describeIsolation } from "./describe-isolation";
import { SettingsFrame } from "./settings-frame";

const REFRESH_MS = 10_000;

/** The workers that execute steps, and whether each keeps what it runs apart from its machine. */
export function WorkersPage({ team }: { team: string }) {
	const trpc = useTRPC();
	const list = useQuery(trpc.workers.list.queryOptions({ team }, { refetchInterval: REFRESH_MS }));
	return (
		<SettingsFrame page="Workers">
			<h2 className="text-20 tracking-[-0.012em]">Workers</h2>
			<p className="mb-4 text-ink-2">They execute the steps of every team on this server.</p>
			<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{list.data ? (
					<Workers workers={list.data} />
				) : list.error ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={1} rowClassName="h-20" label="Loading workers" />
				)}
			</div>
		</SettingsFrame>
	);
}

type Worker = Outputs["workers"]["list"][number];

function Workers({ workers }: { workers: readonly Worker[] }) {
	if (workers.length === 0) {
		return (
			<EmptyState picture={<Server aria-hidden="true" className="size-6 text-ink-3" />} title="No worker is running">
				Runs wait until one does. Start it with <code className="text-12">npx weft worker</code>, or all of Weft with{" "}
				<code className="text-12">npm start</code>.
			</EmptyState>
		);
	}
	return (
		<ul className="divide-y divide-line">
			{workers.map((worker) => (
				<WorkerRow key={worker.id} worker={worker} />
			))}
		</ul>
	);
}

function WorkerRow({ worker: { id, startedAt, isolation } }: { worker: Worker }) {
	const { title, effect, remedy, isSafe } = describeIsolation(isolation);
	const Icon = isSafe ? ShieldCheck : ShieldAlert;
	return (
		<li className="flex gap-3 px-4 py-3">
			<Icon aria-hidden="true" className={isSafe ? "mt-0.5 size-4 text-completed" : "mt-0.5 size-4 text-failed"} />
			<div className="min-w-0 flex-1">
				<div className="flex flex-wrap items-baseline gap-x-3">
					<h3 className="font-medium">{title}</h3>
					<span className="text-12 text-ink-3">
						Worker <code>{id.slice(-8)}</code>, started <RelativeTime at={startedAt} />
					</span>
				</div>
				<p className="text-ink-2">{effect}</p>
				{remedy && <p className="text-ink-2">{remedy}</p>}
				{isolation?.reason && <code className="mt-1 block text-12 text-ink-3 break-words">{isolation.reason}</code>}
			</div>
		</li>
	);
}
