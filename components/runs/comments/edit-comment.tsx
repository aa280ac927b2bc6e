"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { CommentForm } from "./comment-form";
import { CommentText } from "./comment-text";
import type { RunAt, RunComment } from "./use-threads";

interface EditCommentProps {
	at: RunAt;
	/** As it was when the change began. */
	begun: RunComment;
	/** As it is now; undefined once it was deleted. */
	now: RunComment | undefined;
	onClose: () => void;
}

/** Changes a comment. Whatever others do to it meanwhile, what was typed stays. */
export function EditComment({ at, begun, now, onClose }: EditCommentProps) {
	const trpc = useTRPC();
	const [text, setText] = useState(begun.editable ?? begun.text);
	const meta = { ownError: true };
	const edit = useMutation({ ...trpc.comments.edit.mutationOptions({ onSuccess: onClose }), meta });
	const isChanged = now !== undefined && now.revision !== begun.revision && !edit.isPending;
	return (
		<div className="grid min-w-0 gap-2">
			{now === undefined && (
				<p className="text-12 text-failed">Somebody deleted this comment. Copy what you want to keep.</p>
			)}
			{isChanged && (
				<div className="grid min-w-0 gap-1 rounded-2 border border-line p-2">
					<p className="text-12 text-ink-2">This comment was changed elsewhere. It now says:</p>
					<CommentText text={now.text} mentions={now.mentions} />
				</div>
			)}
			<CommentForm
				team={at.team}
				label="Comment"
				text={text}
				onText={(next) => {
					setText(next);
					if (edit.isError) edit.reset();
				}}
				action={isChanged ? "Replace" : "Save"}
				onCancel={onClose}
				onSend={() => {
					const { revision } = isChanged ? now : begun;
					edit.mutate({ team: at.team, runId: at.runId, id: begun.id, text, revision });
				}}
				busy={edit.isPending}
				error={edit.error && errorText(edit.error)}
			/>
		</div>
	);
}
