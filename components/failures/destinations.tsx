"use client";

import { useQuery } from "@tanstack/react-query";
import { BellRing, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
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

/** Where a team is told of failures. @param children stands at the left of what adds a destination */
export function TeamDestinations({ team, children }: { team: string; children: ReactNode }) {
	const place = { team };
	const whyNot = useWhyNot("failure:manage");
	const [editing, setEditing] = useState<Editing>(null);
	const add = (
		<GuardedButton intent="primary" size="form" whyNot={whyNot} onClick={() => setEditing("new")}>
			<Plus />
			Add a destination
		</GuardedButton>
	);
	return (
		<>
			<div className="mb-4 flex items-end gap-4 phone:flex-col phone:items-stretch">
				<div className="min-w-0 flex-1">{children}</div>
				{add}
			</div>
			<List place={place} whyNot={whyNot} editing={editing} onEdit={setEditing}>
				<EmptyState picture={<BellRing aria-hidden="true" className="size-6 text-ink-3" />} title="Nobody is told yet">
					Add where the team hears of failed runs: the inbox of its members, e-mail, Slack, Microsoft Teams, or a
					webhook.
				</EmptyState>
			</List>
		</>
	);
}

/** Where a workflow tells beside what its team does. */
export function OwnDestinations({ place }: { place: Required<FailurePlace> }) {
	const whyNot = useWhyNot("workflow:edit");
	const [editing, setEditing] = useState<Editing>(null);
	return (
		<div className="grid justify-items-start gap-2">
			<List place={place} isNarrow whyNot={whyNot} editing={editing} onEdit={setEditing}>
				<p className="px-3 py-2.5 text-12 text-ink-3">No destination of its own yet. Add one below.</p>
			</List>
			<GuardedButton whyNot={whyNot} onClick={() => setEditing("new")}>
				<Plus />
				Add a destination
			</GuardedButton>
		</div>
	);
}

type Editing = Destination | "new" | null;

interface ListProps {
	place: FailurePlace;
	/** In a side panel. */
	isNarrow?: boolean;
	/** Why the viewer may change nothing here, if so. */
	whyNot: ReactNode | undefined;
	editing: Editing;
	onEdit: (editing: Editing) => void;
	/** What is shown while there are none. */
	children: ReactNode;
}

/** The destinations of a place, each to be tried, changed and removed. */
function List({ place, isNarrow = false, whyNot, editing, onEdit, children }: ListProps) {
	const trpc = useTRPC();
	const list = useQuery(trpc.failures.list.queryOptions(place));
	return (
		<div className="w-full overflow-hidden rounded-3 border border-line bg-panel shadow-1">
			{list.error && !list.data && (
				<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
					{errorText(list.error)}
				</ErrorRow>
			)}
			{list.isPending && <SkeletonRows rows={1} rowClassName="h-16" label="Loading destinations" />}
			{list.data?.destinations.length === 0 && children}
			<ul className="divide-y divide-line-soft">
				{list.data?.destinations.map((destination) => (
					<DestinationRow
						key={destination.id}
						{...{ place, destination, isNarrow, whyNot }}
						onEdit={() => onEdit(destination)}
					/>
				))}
			</ul>
			{editing && list.data && (
				<DestinationDialog
					{...{ place, whyNot, offered: list.data }}
					{...(editing !== "new" && { changed: editing })}
					onClose={() => onEdit(null)}
				/>
			)}
		</div>
	);
}
