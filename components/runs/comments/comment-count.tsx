import { MessageSquare } from "lucide-react";

/** How much is said about something; nothing where nothing is. */
export function CommentCount({ count }: { count: number }) {
	if (count === 0) return null;
	return (
		<span className="flex flex-none items-center gap-1 font-normal text-11 text-ink-2 tabular-nums">
			<MessageSquare aria-hidden="true" className="size-3" />
			{count}
			<span className="sr-only">{count === 1 ? "comment" : "comments"}</span>
		</span>
	);
}
