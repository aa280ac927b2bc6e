"use client";

import { useMutation } from "@tanstack/react-query";
import { Check, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ErrorRow } from "@/components/ui/error-row";
import { PanelSection } from "@/components/ui/panel-section";
import { Skeleton } from "@/components/ui/skeleton";
import { useCommentDraft } from "./comment-draft";
import { CommentForm } from "./comment-form";
import { EditComment } from "./edit-comment";
import { RunCommentItem } from "./run-comment-item";
import { type CommentThread, type RunComment, type ThreadAt, useComments } from "./use-threads";

interface RunCommentsProps {
	at: ThreadAt;
	/** Those of the run; undefined until they have arrived. */
	threads: CommentThread[] | undefined;
}

/** What the team says about a run or a step, and where to say more. */
export function RunComments({ at, threads }: RunCommentsProps) {
	const thread = threads?.find(({ nodeId }) => nodeId === at.nodeId);
	return (
		<PanelSection title="Discussion" end={thread && describeThread(thread)}>
			<div className="grid min-w-0 gap-3 px-4 pb-4">
				<Discussion at={at} threads={threads} />
			</div>
		</PanelSection>
	);
}

function describeThread({ count, isResolved }: CommentThread): string {
	return isResolved ? `${count}, resolved` : String(count);
}

/** The same without a head of its own. */
export function Discussion({ at, threads }: RunCommentsProps) {
	const thread = threads?.find(({ nodeId }) => nodeId === at.nodeId);
	if (!threads) return <Skeleton className="w-40" />;
	return (
		<>
			{thread && <Comments at={at} />}
			<NewComment at={at} />
			{thread && <ResolveButton at={at} isResolved={thread.isResolved} />}
		</>
	);
}

function Comments({ at }: { at: ThreadAt }) {
	const { comments, hasNextPage, fetchNextPage, isFetchingNextPage, ...query } = useComments(at);
	const [editing, setEditing] = useState<RunComment>();
	const [edited, setEdited] = useState<string>();
	const sought = useSought(comments, { more: hasNextPage && !isFetchingNextPage, fetchMore: fetchNextPage });
	const isGone = editing && comments && !comments.some(({ id }) => id === editing.id);
	const close = () => {
		setEdited(editing?.id);
		setEditing(undefined);
	};
	return (
		<>
			{query.isPending && <Skeleton className="w-40" />}
			{query.error && (
				<ErrorRow onRetry={() => void query.refetch()} busy={query.isFetching}>
					{errorText(query.error)}
				</ErrorRow>
			)}
			{hasNextPage && (
				<Button className="justify-self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
					Show earlier comments
				</Button>
			)}
			{comments?.map((comment) =>
				comment.id === editing?.id ? (
					<EditComment key={comment.id} at={at} begun={editing} now={comment} onClose={close} />
				) : (
					<RunCommentItem
						key={comment.id}
						at={at}
						comment={comment}
						isSought={comment.id === sought}
						isEdited={comment.id === edited}
						onEdit={() => setEditing(comment)}
					/>
				),
			)}
			{isGone && <EditComment key={editing.id} at={at} begun={editing} now={undefined} onClose={close} />}
		</>
	);
}

interface Older {
	more: boolean;
	fetchMore: () => void;
}

/** The comment that the address leads to: reads back to it, and shows it. */
function useSought(comments: readonly RunComment[] | undefined, { more, fetchMore }: Older): string | undefined {
	const [sought] = useState(() => (location.hash.startsWith("#comment-") ? location.hash.slice(9) : undefined));
	const isThere = comments?.some(({ id }) => id === sought) ?? false;
	const isMissing = sought !== undefined && comments !== undefined && !isThere && more;
	useEffect(() => {
		if (isMissing) fetchMore();
	}, [isMissing, fetchMore]);
	useEffect(() => {
		if (isThere) document.getElementById(`comment-${sought}`)?.scrollIntoView({ block: "center" });
	}, [isThere, sought]);
	return sought;
}

function NewComment({ at }: { at: ThreadAt }) {
	const trpc = useTRPC();
	const [text, setText] = useCommentDraft(at);
	const meta = { ownError: true };
	const add = useMutation({ ...trpc.comments.add.mutationOptions({ onSuccess: () => setText("") }), meta });
	return (
		<CommentForm
			team={at.team}
			label={at.nodeId === null ? "Comment on this run" : "Comment on this step"}
			placeholder="Add a comment. Type @ to mention somebody."
			text={text}
			onText={(next) => {
				setText(next);
				if (add.isError) add.reset();
			}}
			action="Comment"
			onSend={() => add.mutate({ ...at, text })}
			busy={add.isPending}
			error={add.error && errorText(add.error)}
		/>
	);
}

function ResolveButton({ at, isResolved }: { at: ThreadAt; isResolved: boolean }) {
	const trpc = useTRPC();
	const resolve = useMutation(trpc.comments.resolve.mutationOptions());
	return (
		<Button
			intent="ghost"
			className="justify-self-start"
			busy={resolve.isPending}
			onClick={() => resolve.mutate({ ...at, resolved: !isResolved })}
		>
			{isResolved ? <RotateCcw /> : <Check />}
			{isResolved ? "Reopen discussion" : "Resolve discussion"}
		</Button>
	);
}
