import type { NewNotification } from "@/server/notifications/notify";
import { shorten } from "@/server/notifications/run-place";
import type { Actor } from "@/server/runs/events";
import { type Mention, readMentions } from "./mention-text";

interface Said {
	id: string;
	teamId: string;
	runId: string;
	nodeId: string | null;
	/** Whoever wrote it is not told. */
	author: Actor;
	text: string;
	mentions: readonly Mention[];
	/** Those whom it mentioned before it was changed. */
	before?: readonly Mention[];
}

/** What the people are told whom a comment mentions. A step tells each of them once a run, however often it comments. */
export function mentionNews({ id, teamId, runId, nodeId, ...said }: Said): NewNotification<"mention"> {
	const { author, text, mentions, before = [] } = said;
	const known = new Set(before.map((mention) => mention.id));
	if (author.kind === "user") known.add(author.id);
	return {
		...{ kind: "mention", teamId, runId },
		recipients: mentions.filter((mention) => !known.has(mention.id)).map((mention) => mention.id),
		key: author.kind === "user" ? id : `${runId} ${nodeId}`,
		data: {
			by: author.kind === "user" ? author.name : "A step",
			excerpt: shorten(readMentions(text, { mentions, people: mentions.map((one) => ({ ...one, label: one.name })) })),
			commentId: id,
			...(nodeId !== null && { nodeId }),
		},
	};
}
