import { Inbox } from "lucide-react";
import { COMMON_KINDS, type KindName, kindOf } from "@/server/notifications/catalog";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { SkeletonRows } from "../ui/skeleton";
import type { useInbox } from "./use-inbox";

/** What stands in the place of entries that cannot be read, or have not been yet. */
export function LoadingInbox({ list, rows }: { list: ReturnType<typeof useInbox>; rows: number }) {
	return (
		<>
			{list.error && (
				<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
					{errorText(list.error)}
				</ErrorRow>
			)}
			{list.isPending && <SkeletonRows rows={rows} rowClassName="h-16" label="Loading your inbox" />}
		</>
	);
}

/** Where nothing has come yet: what will. */
export function EmptyInbox() {
	return (
		<EmptyState picture={<Picture />} title="Your inbox is empty">
			It fills when
			{COMMON_KINDS.map((name) => (
				<span key={name} className="block">
					{beginSmall(kindOf(name).description)}
				</span>
			))}
		</EmptyState>
	);
}

interface NothingFilteredProps {
	/** Only what is unread was asked for. */
	unreadOnly: boolean;
	kind: KindName | undefined;
	onShowAll: () => void;
}

export function NothingFiltered({ unreadOnly, kind, onShowAll }: NothingFilteredProps) {
	const what = kind === undefined ? "everything" : `everything of the kind “${kindOf(kind).title}”`;
	return (
		<EmptyState
			picture={<Picture />}
			title={unreadOnly ? "Nothing unread" : "None of this kind"}
			action={<Button onClick={onShowAll}>Show all</Button>}
		>
			{unreadOnly ? `You have read ${what}.` : "What comes of it stands here."}
		</EmptyState>
	);
}

function Picture() {
	return <Inbox aria-hidden="true" className="size-6 text-ink-3" />;
}

function beginSmall(sentence: string): string {
	return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
