"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Archive, SearchX } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { errorText } from "../../trpc/error-text";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { ErrorRow } from "../../ui/error-row";
import { useStoredFlag } from "../../ui/hooks/use-stored-flag";
import { EmptyWorkflows } from "./empty-workflows";
import { FirstMinute, FirstMinuteSkeleton } from "./first-minute";
import { findWorkflows, type WorkflowItem } from "./workflow-item";
import { WorkflowList } from "./workflow-list";
import { WorkflowSkeleton } from "./workflow-skeleton";
import { WorkflowTable } from "./workflow-table";

interface WorkflowsBodyProps {
	team: string;
	list: Pick<UseQueryResult<WorkflowItem[], unknown>, "data" | "error" | "isFetching"> & {
		refetch: () => Promise<unknown>;
	};
	search: string;
	archived: boolean;
	onSearch: (search: string) => void;
	/** Leaves what is archived for the list. */
	onLeaveArchive: () => void;
	onRun: (workflow: WorkflowItem) => void;
	onImport: () => void;
	onCreate: () => void;
}

/** The workflows that come with Weft and that the first minute leads to. */
const STARTER = "first-light";
const APPROVAL = "release-checklist";
/** Put away in this browser. */
const FIRST_MINUTE = "first-minute-done";

/** The list, or its empty, loading or error state. */
export function WorkflowsBody(props: WorkflowsBodyProps) {
	const { list, archived, search, onSearch, onLeaveArchive, onImport, onCreate } = props;
	if (!list.data) {
		if (!list.error) return <Loading archived={archived} />;
		return (
			<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching} className="px-5">
				{errorText(list.error)}
			</ErrorRow>
		);
	}
	if (list.data.length === 0) {
		if (archived) return <NothingArchived onLeave={onLeaveArchive} />;
		return <EmptyWorkflows team={props.team} onImport={onImport} onCreate={onCreate} />;
	}
	const found = findWorkflows(list.data, search);
	return (
		<div className="min-h-0 flex-1 overflow-y-auto">
			{!archived && search === "" && <Welcome {...props} workflows={list.data} />}
			{found.length === 0 ? (
				<NothingFound search={search} onClear={() => onSearch("")} />
			) : (
				<>
					<WorkflowTable {...props} workflows={found} />
					<WorkflowList {...props} workflows={found} />
				</>
			)}
		</div>
	);
}

/** With the card of the first minute where it will stand, so that the rows do not move when it comes. */
function Loading({ archived }: { archived: boolean }) {
	const [dismissed] = useStoredFlag(FIRST_MINUTE);
	// Only the browser knows whether the card was put away: until it is asked, neither layout is drawn.
	const isAlive = useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
	if (!isAlive) return null;
	return (
		<div className="min-h-0 flex-1 overflow-hidden">
			{!archived && !dismissed && <FirstMinuteSkeleton />}
			<WorkflowSkeleton />
		</div>
	);
}

const subscribeToNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;

function Welcome({ workflows, ...props }: WorkflowsBodyProps & { workflows: readonly WorkflowItem[] }) {
	const [dismissed, dismiss] = useStoredFlag(FIRST_MINUTE);
	const starter = workflows.find(({ slug, version }) => slug === STARTER && version !== null);
	const isOver = !dismissed && !starter;
	useEffect(() => {
		if (isOver) dismiss();
	}, [isOver, dismiss]);
	if (dismissed || !starter) return null;
	const approval = workflows.find(({ slug }) => slug === APPROVAL);
	return <FirstMinute {...props} starter={starter} approval={approval} onDismiss={dismiss} />;
}

function NothingFound({ search, onClear }: { search: string; onClear: () => void }) {
	return (
		<EmptyState
			picture={<SearchX aria-hidden="true" className="size-6 text-ink-3" />}
			title="No workflow matches"
			action={<Button onClick={onClear}>Show all</Button>}
		>
			Nothing here is called or described “{search}”.
		</EmptyState>
	);
}

function NothingArchived({ onLeave }: { onLeave: () => void }) {
	return (
		<EmptyState
			picture={<Archive aria-hidden="true" className="size-6 text-ink-3" />}
			title="Nothing is archived"
			action={<Button onClick={onLeave}>Back to the list</Button>}
			className="flex-1 content-center"
		>
			A workflow that you archive leaves the list and keeps its runs. It can be put back from here.
		</EmptyState>
	);
}
