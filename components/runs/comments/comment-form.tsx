"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/forms/field";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { writeMentions } from "@/server/comments/mention-text";
import { CommentText } from "./comment-text";
import { MentionField } from "./mention-field";

const MAX_LENGTH = 4_000;

interface CommentFormProps {
	team: string;
	label: string;
	placeholder?: string;
	text: string;
	onText: (text: string) => void;
	action: string;
	onSend: () => void;
	onCancel?: () => void;
	busy: boolean;
	error: ReactNode;
}

/** Where a comment is written, and seen as it will be. */
export function CommentForm({ team, text, onText, onSend, onCancel, busy, error, ...form }: CommentFormProps) {
	const [isPreview, setPreview] = useState(false);
	const isEmpty = text.trim() === "";
	const length = text.trim().length;
	const isTooLong = length > MAX_LENGTH;
	const send = () => {
		if (isEmpty || isTooLong || busy) return;
		setPreview(false);
		onSend();
	};
	return (
		<form
			className="grid min-w-0 gap-2"
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			{isPreview ? (
				<Preview team={team} text={text} />
			) : (
				<MentionField
					team={team}
					label={form.label}
					placeholder={form.placeholder}
					value={text}
					onChange={onText}
					onSend={send}
					onEscape={onCancel}
					autoFocus={onCancel !== undefined}
				/>
			)}
			{isTooLong && (
				<FieldError>
					{length.toLocaleString("en")} of {MAX_LENGTH.toLocaleString("en")} characters. Shorten it to send it.
				</FieldError>
			)}
			{error && <FieldError>{error}</FieldError>}
			<div className="flex min-w-0 items-center gap-2">
				<SendHint />
				{!isEmpty && !isTooLong && (
					<Button intent="ghost" aria-pressed={isPreview} onClick={() => setPreview(!isPreview)}>
						{isPreview ? "Write" : "Preview"}
					</Button>
				)}
				{onCancel && (
					<Button intent="ghost" onClick={onCancel}>
						Cancel
					</Button>
				)}
				<Button type="submit" busy={busy} disabled={isEmpty || isTooLong}>
					{form.action}
				</Button>
			</div>
		</form>
	);
}

function SendHint() {
	return <span className="mr-auto min-w-0 truncate text-11 text-ink-3 phone:invisible">{useModKey()} Enter sends</span>;
}

function Preview({ team, text }: { team: string; text: string }) {
	const trpc = useTRPC();
	const { data: people = [] } = useQuery(trpc.comments.people.queryOptions({ team }, { staleTime: 30_000 }));
	const { text: written, mentions } = writeMentions(text.trim(), people);
	return (
		<section aria-label="Preview" className="min-h-[60px] rounded-2 border border-line px-2.5 py-[7px]">
			<CommentText text={written} mentions={mentions.map((one) => ({ ...one, isMember: true }))} />
		</section>
	);
}
