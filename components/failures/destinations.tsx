"use client";

import { useQuery } from "@tanstack/react-query";
import { BellRing, Plus } from "lucide-react";
import { useState } from "react";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { GuardedButton } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";
import { DestinationDialog } from "./destination-dialog";
import { DestinationRow } from "./destination-row";
import type { Destination, FailurePlace } from "./failure-place";

/** The destinations of a place, each to be tried, changed and removed. */
export function Destinations({ place, dense }: { place: FailurePlace; dense?: boolean }) {
	const trpc = useTRPC();
	const list = useQuery(trpc.failures.list.queryOptions(place));
	const [editing, setEditing] = useState<Destination | "new" | null>(null);
	const whyNotTeam = useWhyNot("failure:manage");
	const whyNotWorkflow = useWhyNot("workflow:edit");
	const whyNot = place.slug === undefined ? whyNotTeam : whyNotWorkflow;
	const add = (
		<GuardedButton whyNot={whyNot} disabled={!list.data} onClick={() => setEditing("new")}>
			<Plus />
			Add a destination
		</GuardedButton>
	);
	const isEmpty = list.data?.destinations.length === 0;
	return (
		<>
			<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{list.data ? (
					isEmpty ? (
						<NoDestinations dense={dense} />
					) : (
						<ul className="divide-y divide-line-soft">
							{list.data.destinations.map((destination) => (
								<DestinationRow
									key={destination.id}
									place={place}
									destination={destination}
									whyNot={whyNot}
									onEdit={() => setEditing(destination)}
								/>
							))}
						</ul>
					)
				) : list.error ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={1} rowClassName="h-16" label="Loading destinations" />
				)}
			</div>
			<div className="mt-3">{add}</div>
			{editing && list.data && (
				<DestinationDialog
					place={place}
					offered={list.data}
					whyNot={whyNot}
					{...(editing !== "new" && { changed: editing })}
					onClose={() => setEditing(null)}
				/>
			)}
		</>
	);
}

function NoDestinations({ dense = false }: { dense?: boolean | undefined }) {
	if (dense) return <p className="px-3 py-2.5 text-12 text-ink-3">No destination of its own yet. Add one below.</p>;
	return (
		<EmptyState picture={<BellRing aria-hidden="true" className="size-6 text-ink-3" />} title="Nobody is told yet">
			Add where the team hears of failed runs: the inbox of its members, e-mail, Slack, Microsoft Teams, or a webhook.
		</EmptyState>
	);
}
