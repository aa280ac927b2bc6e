"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link as LinkIcon, Lock } from "lucide-react";
import { useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Badge } from "@/components/ui/chip";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorRow } from "@/components/ui/error-row";
import { GuardedButton } from "@/components/ui/guarded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TimeLeft } from "@/components/ui/time-left";
import { showDone } from "@/components/ui/toasts/toaster";

export type ShareLink = Outputs["sharing"]["list"]["links"][number];

interface LinkListProps {
	team: string;
	/** What they are links to. */
	of: "run" | "workflow";
	query: {
		data: Outputs["sharing"]["list"] | undefined;
		error: unknown;
		isFetching: boolean;
		refetch: () => unknown;
	};
}

/** The links of a run, or of a workflow, that work, each with what takes it back. */
export function LinkList({ team, of, query }: LinkListProps) {
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
		<section aria-label={`Links to this ${of}`} className="mt-4">
			<h3 className="flex items-center gap-1.5 font-medium text-12 text-ink-2">
				Links to this {of}
				<Badge>{links.length}</Badge>
			</h3>
			{links.length === 0 ? (
				<p className="pt-1 text-12 text-ink-3">None yet. Anyone with a link sees the {of} without an account.</p>
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
						expires <TimeLeft until={link.expiresAt} />
					</>
				) : (
					"until revoked"
				)}
			</span>
			<span className="w-16 flex-none text-right text-ink-2 tabular-nums">{describeViews(link.views)}</span>
		</>
	);
}

type Terms = Pick<ShareLink, "shows" | "hasPassword" | "version">;

/** In a few words what a link shows. */
export function describeShows({ shows, hasPassword, version }: Terms): string {
	const parts = (["settings", "inputs", "outputs", "logs"] as const).filter((part) => shows[part]);
	const shown = parts.length === 0 ? "canvas only" : ["canvas", ...parts].join(", ");
	const stays = version !== null && `stays at v${version}`;
	return [shown, stays, hasPassword && "password"].filter(Boolean).join(" · ");
}

export function describeViews(views: number): string {
	return views === 1 ? "1 view" : `${views.toLocaleString("en-US")} views`;
}

/** Ends a link, and the pages that are open by it. */
export function Revoke({ team, link }: { team: string; link: ShareLink }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const [asking, setAsking] = useState(false);
	const whyNot = useWhyNot("run:share");
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
			<GuardedButton
				intent="ghost"
				className="-mr-2.5 not-aria-disabled:text-failed"
				whyNot={whyNot}
				onClick={() => setAsking(true)}
			>
				Revoke
			</GuardedButton>
			<ConfirmDialog
				open={asking}
				onOpenChange={setAsking}
				title="Revoke this link?"
				action="Revoke the link"
				danger
				busy={revoke.isPending}
				whyNot={whyNot}
				onConfirm={() => revoke.mutate({ team, id: link.id })}
			>
				People who use it lose access at once. A revoked link cannot be restored.
			</ConfirmDialog>
		</>
	);
}
