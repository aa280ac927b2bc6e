"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link as LinkIcon, Lock } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Button } from "@/components/ui/button";
import { Badge } from "@/components/ui/chip";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorRow } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TimeLeft } from "@/components/ui/time-left";
import { showDone } from "@/components/ui/toasts/toaster";

export type ShareLink = Outputs["sharing"]["list"]["links"][number];

interface LinkListProps {
	team: string;
	query: {
		data: Outputs["sharing"]["list"] | undefined;
		error: unknown;
		isFetching: boolean;
		refetch: () => unknown;
	};
}

/** The links of a run that work, each with what takes it back. */
export function LinkList({ team, query }: LinkListProps) {
	const links = query.data?.links.filter(({ isLive }) => isLive) ?? [];
	if (query.error && !query.data) {
		return (
			<ErrorRow onRetry={() => query.refetch()} busy={query.isFetching}>
				{errorText(query.error)}
			</ErrorRow>
		);
	}
	if (!query.data) return <SkeletonRows rows={1} rowClassName="h-12" label="Loading links" />;
	return (
		<section aria-label="Links to this run" className="mt-4">
			<h3 className="flex items-center gap-1.5 font-medium text-12 text-ink-2">
				Links to this run
				<Badge>{links.length}</Badge>
			</h3>
			{links.length === 0 ? (
				<p className="pt-1 text-12 text-ink-3">None yet. Whoever has one sees the run without an account.</p>
			) : (
				<ul className="mt-2 divide-y divide-line-soft rounded-3 border border-line px-3">
					{links.map((link) => (
						<li key={link.id} className="flex min-h-[51px] items-center gap-3 text-12">
							<LinkWords link={link} />
							<Revoke team={team} link={link} />
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

function LinkWords({ link }: { link: ShareLink }) {
	const Icon = link.hasPassword ? Lock : LinkIcon;
	return (
		<>
			<Icon aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
			<span className="min-w-0 flex-1">
				<span className="block truncate font-medium">{link.name || `By ${link.createdBy}`}</span>
				<span className="block truncate text-ink-3">{describeShows(link)}</span>
			</span>
			<span className="flex-none text-ink-2 phone:hidden">
				{link.expiresAt ? (
					<>
						ends <TimeLeft until={link.expiresAt} />
					</>
				) : (
					"until revoked"
				)}
			</span>
			<span className="w-16 flex-none text-right text-ink-2 tabular-nums">{describeViews(link.views)}</span>
		</>
	);
}

export function describeShows({ shows, hasPassword }: Pick<ShareLink, "shows" | "hasPassword">): string {
	const parts = (["settings", "inputs", "outputs", "logs"] as const).filter((part) => shows[part]);
	const shown = parts.length === 0 ? "canvas only" : ["canvas", ...parts].join(", ");
	return hasPassword ? `${shown} · password` : shown;
}

export function describeViews(views: number): string {
	return views === 1 ? "1 view" : `${views.toLocaleString("en-US")} views`;
}

/** Ends a link, and the pages that are open by it. */
export function Revoke({ team, link }: { team: string; link: ShareLink }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const [asking, setAsking] = useState(false);
	const revoke = useMutation(
		trpc.sharing.revoke.mutationOptions({
			onSuccess: () => {
				setAsking(false);
				showDone("The link is revoked");
				return queries.invalidateQueries(trpc.sharing.list.queryFilter({ team }));
			},
		}),
	);
	return (
		<>
			<Button intent="ghost" className="-mr-2.5 text-failed" onClick={() => setAsking(true)}>
				Revoke
			</Button>
			<ConfirmDialog
				open={asking}
				onOpenChange={setAsking}
				title="Revoke this link?"
				action="Revoke the link"
				danger
				busy={revoke.isPending}
				onConfirm={() => revoke.mutate({ team, id: link.id })}
			>
				Whoever looks by it stops seeing the run at once. A revoked link cannot be brought back.
			</ConfirmDialog>
		</>
	);
}
