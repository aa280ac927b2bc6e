"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import Link from "next/link";
import { describeShows, describeViews, Revoke, type ShareLink } from "../share/link-list";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { TimeLeft } from "../ui/time-left";
import { SettingsFrame } from "./settings-frame";
import { SharingPolicy } from "./sharing-policy";

/** All links of a team, and what it allows of them. */
export function SharingPage({ team }: { team: string }) {
	const trpc = useTRPC();
	const list = useQuery(trpc.sharing.list.queryOptions({ team }));
	return (
		<SettingsFrame page="Share links">
			<h2 className="text-20 tracking-[-0.012em]">Share links</h2>
			<p className="mb-4 text-ink-2">
				Links let people without an account look at a run or a workflow, and do nothing else.
			</p>
			<SharingPolicy team={team} />
			<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{list.data ? (
					<Links team={team} links={list.data.links} />
				) : list.error ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={3} rowClassName="h-16" label="Loading links" />
				)}
			</div>
		</SettingsFrame>
	);
}

interface LinksProps {
	team: string;
	links: readonly ShareLink[];
}

function Links({ team, links }: LinksProps) {
	if (links.length === 0) {
		return (
			<EmptyState picture={<Link2 aria-hidden="true" className="size-6 text-ink-3" />} title="No links yet">
				Open a run and press Share, or choose Share in the menu of a workflow: the link is then listed here, with its
				number of views.
			</EmptyState>
		);
	}
	return (
		<ul className="divide-y divide-line-soft">
			{links.map((link) => (
				<li key={link.id} className="flex min-h-16 items-center gap-3 px-4 py-2 phone:flex-wrap">
					<LinkRow team={team} link={link} />
					{link.isLive && <Revoke team={team} link={link} />}
				</li>
			))}
		</ul>
	);
}

function LinkRow({ team, link }: { team: string; link: ShareLink }) {
	const { workflow, runNumber } = link;
	const page = `/${team}/workflows/${workflow.slug}`;
	return (
		<>
			<div className="min-w-0 flex-1 phone:basis-full">
				<p className="truncate">
					<Link href={runNumber === null ? page : `${page}/runs/${runNumber}`} className="font-medium hover:underline">
						{workflow.name}
						{runNumber !== null && ` / ${runNumber}`}
					</Link>
					{link.name && <span className="text-ink-2"> · {link.name}</span>}
				</p>
				<p className="truncate text-12 text-ink-3">
					{describeShows(link)} · by {link.createdBy}, <RelativeTime at={link.createdAt} />
				</p>
			</div>
			<span className="flex-none text-12 text-ink-2">
				<LinkEnd link={link} />
			</span>
			<span className="w-20 flex-none text-right text-12 text-ink-2 tabular-nums">{describeViews(link.views)}</span>
		</>
	);
}

function LinkEnd({ link: { isLive, revokedAt, expiresAt } }: { link: ShareLink }) {
	if (revokedAt) return "revoked";
	if (!isLive) return "ended";
	if (!expiresAt) return "until revoked";
	return (
		<>
			expires <TimeLeft until={expiresAt} />
		</>
	);
}
