import { z } from "zod";
import { callSlack, type SlackContext } from "./call-slack";

const messageSchema = z.object({
	ts: z.string(),
	metadata: z.object({ event_type: z.string(), event_payload: z.looseObject({}) }).optional(),
	files: z.array(z.object({ name: z.string().nullish() })).optional(),
});
const historySchema = z.object({ messages: z.array(z.unknown()).max(1_000).default([]) });

interface PostedMessage {
	ts: string;
	/** What the app that posted it says of it; undefined where it says nothing. */
	type: string | undefined;
	payload: Readonly<Record<string, unknown>>;
	/** The names of its files. */
	files: readonly string[];
}

/** The newest 100 messages in a channel, or in the thread of `parent`; undefined where the bot may not read them. */
export async function readSlackHistory(
	context: SlackContext,
	{ token, channel, parent }: { token: string; channel: string; parent: string | undefined },
): Promise<PostedMessage[] | undefined> {
	const method = parent === undefined ? "conversations.history" : "conversations.replies";
	const body = { channel, include_all_metadata: true, limit: 100, ...(parent !== undefined && { ts: parent }) };
	// By a name Slack reads no history, only by the id of a channel.
	const expected = ["missing_scope", "channel_not_found", "not_in_channel", "thread_not_found"];
	const answer = await callSlack(context, { token, method, body, expected });
	if (!answer.ok) return undefined;
	return historySchema.parse(answer).messages.flatMap((entry) => {
		const { data } = messageSchema.safeParse(entry);
		if (data === undefined) return [];
		const { ts, metadata, files = [] } = data;
		const names = files.flatMap(({ name }) => name ?? []);
		return [{ ts, type: metadata?.event_type, payload: metadata?.event_payload ?? {}, files: names }];
	});
}
