"use client";

import { useMutation } from "@tanstack/react-query";
import { Pencil, Trash2, Workflow } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useFocusWhen } from "@/components/ui/hooks/use-focus-when";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { CommentText } from "./comment-text";
import type { RunAt, RunComment } from "./use-threads";

interface ItemProps {
	at: RunAt;
	comment: RunComment;
	/** The page was opened to show it. */
	isSought: boolean;
	/** It was just being changed: the form in its place had the focus. */
	isEdited: boolean;
	onEdit: () => void;
}

export function RunCommentItem({ at, comment, isSought, isEdited, onEdit }: ItemProps) {
	const article = useFocusWhen<HTMLElement>(isEdited);
	const { id, author, createdAt, editedAt } = comment;
	const name = author ?? "The workflow";
	return (
		<article
			ref={article}
			tabIndex={-1}
			id={`comment-${id}`}
			aria-label={`Comment by ${name}`}
			className={cn("group grid min-w-0 gap-1", isSought && "-mx-2 rounded-2 bg-accent-soft p-2")}
		>
			<header className="flex min-h-7 min-w-0 items-center gap-2 text-12 phone:min-h-11">
				{author === null ? (
					<span aria-hidden="true" className="grid size-5 flex-none place-items-center rounded-full bg-fill text-ink-2">
						<Workflow className="size-3" />
					</span>
				) : (
					<Avatar name={author} size="small" />
				)}
				<span className="min-w-0 truncate font-medium">{name}</span>
				<span className="min-w-0 flex-1 truncate text-ink-3">
					<RelativeTime at={createdAt} />
					{editedAt && ", edited"}
				</span>
				<ItemActions at={at} comment={comment} onEdit={onEdit} />
			</header>
			<CommentText text={comment.text} mentions={comment.mentions} />
		</article>
	);
}

function ItemActions({ at, comment, onEdit }: Omit<ItemProps, "isSought" | "isEdited">) {
	const trpc = useTRPC();
	const [asking, setAsking] = useState(false);
	const remove = useMutation(trpc.comments.remove.mutationOptions({ onSettled: () => setAsking(false) }));
	return (
		<span className="flex flex-none items-center">
			{comment.canEdit && (
				<IconButton label="Edit comment" size="panel" onClick={onEdit}>
					<Pencil />
				</IconButton>
			)}
			{comment.canRemove && (
				<IconButton label="Delete comment" size="panel" onClick={() => setAsking(true)}>
					<Trash2 />
				</IconButton>
			)}
			<ConfirmDialog
				open={asking}
				onOpenChange={setAsking}
				title="Delete this comment?"
				action="Delete comment"
				danger
				busy={remove.isPending}
				onConfirm={() => remove.mutate({ team: at.team, runId: at.runId, id: comment.id })}
			>
				It is deleted for everybody. This cannot be undone.
			</ConfirmDialog>
		</span>
	);
}
