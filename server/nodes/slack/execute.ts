import { z } from "zod";
import { FatalError } from "../../errors";
import { findAttached } from "../attached-files";
import { callSlack, postByWebhook } from "../call-slack";
import type { Execute, ExecuteContext } from "../execute-context";
import { readSlackHistory } from "../slack-history";
import type { slackDefinition } from "./definition";
import { splitText } from "./split-text";
import { textFile, toUpload, type Upload, uploadOnce } from "./upload-files";

const EVENT_TYPE = "weft_step";
const postedSchema = z.object({ channel: z.string(), ts: z.string() });

/**
 * Posts a message, and what does not fit into it to its thread. Each carries in its metadata which step of which run it is of:
 * a later attempt looks for those and posts what is missing, where the bot may read the channel.
 */
export const executeSlack: Execute<typeof slackDefinition> = async (config, context) => {
	const { token, text, update } = config;
	const files = await findAttached(context, config.files);
	if (/^https:\/\//i.test(token)) {
		if (files.length > 0) throw new FatalError("An incoming webhook posts no files. Choose a Slack app instead.");
		for (const blocks of splitText(text)) await postByWebhook(context, token, contentOf(blocks));
		return { output: { channel: null, ts: null, permalink: null } };
	}
	if (!config.channel) throw new FatalError("Enter the channel that the bot posts to.");
	if (update && files.length > 0)
		throw new FatalError("A message that is replaced takes no files. Post them by a step of their own.");
	if (update) return { output: await replace(context, { token, channel: config.channel, ts: update, text }) };
	return { output: await post(context, { ...config, channel: config.channel, files: files.map(toUpload) }) };
};

interface Post {
	token: string;
	channel: string;
	text: string;
	thread: "run" | "none";
	/** What becomes of a text that is too long for a message. */
	long: "split" | "file";
	files: readonly Upload[];
}

async function post(context: ExecuteContext, { token, channel, text, thread, ...rest }: Post) {
	const key = `slack_thread_${channel.replaceAll(/[^A-Za-z0-9]/g, "_")}`;
	const kept = thread === "run" ? context.state.get(key) : undefined;
	const parent = postedSchema.safeParse(kept).data;
	const place = { token, channel: parent?.channel ?? channel, parent: parent?.ts };
	const before = await findPosted(context, place);
	const { messages, files } = layOut(text, rest);
	const [first = [], ...later] = messages;
	const head = before.get(0) ?? (await postOne(context, { ...place, blocks: first, part: 0 }));
	// What follows a message in no thread goes into one of its own.
	const below = { token, channel: head.channel, parent: parent?.ts ?? head.ts };
	const known = parent === undefined && before.size > 0 ? await findPosted(context, below) : before;
	for (const [index, blocks] of later.entries()) {
		const part = index + 1;
		if (!known.has(part)) await postOne(context, { ...below, blocks, part });
	}
	await uploadOnce(context, { ...below, files, after: head.ts });
	if (thread === "run" && parent === undefined) context.state.set(key, { channel: head.channel, ts: head.ts });
	return { ...head, permalink: await readPermalink(context, { token, ...head }) };
}

/** What is posted as messages, and what is uploaded. */
function layOut(text: string, { long, files }: Pick<Post, "long" | "files">) {
	const messages = splitText(text);
	if (long === "split" || messages.length === 1) return { messages, files };
	const [first = []] = messages;
	return {
		messages: [[...first.slice(0, 1), "_The whole text is in the file below._"]],
		files: [textFile(text), ...files],
	};
}

interface Place {
	token: string;
	channel: string;
	/** The message whose thread it is; undefined in the channel itself. */
	parent: string | undefined;
}

type Posted = z.infer<typeof postedSchema>;

async function postOne(
	context: ExecuteContext,
	{ token, channel, parent, blocks, part }: Place & { blocks: readonly string[]; part: number },
): Promise<Posted> {
	const metadata = { event_type: EVENT_TYPE, event_payload: { step: keyOf(context), part } };
	const thread = parent === undefined ? {} : { thread_ts: parent };
	const body = { channel, ...contentOf(blocks), ...thread, metadata, unfurl_links: false };
	const answer = postedSchema.safeParse(await callSlack(context, { token, method: "chat.postMessage", body }));
	if (!answer.success) throw new FatalError("Slack did not say where it posted the message.");
	return answer.data;
}

/** What an earlier attempt of this step has posted already, by part; none in the first attempt, or where the bot may not read. */
async function findPosted(context: ExecuteContext, { token, channel, parent }: Place): Promise<Map<number, Posted>> {
	if (context.attempt === 1) return new Map();
	const messages = await readSlackHistory(context, { token, channel, parent });
	if (messages === undefined) {
		context.log("warn", "The bot may not read the channel: what an earlier attempt has posted is posted again.");
		return new Map();
	}
	const own = messages.filter(({ type, payload }) => type === EVENT_TYPE && payload.step === keyOf(context));
	return new Map(own.map(({ ts, payload }) => [Number(payload.part), { channel, ts }]));
}

function keyOf({ run, node, iteration }: ExecuteContext): string {
	return [run.id, node.id, iteration].join(" ").trim();
}

async function replace(
	context: ExecuteContext,
	{ token, channel, ts, text }: { token: string; channel: string; ts: string; text: string },
) {
	const [blocks = [], ...rest] = splitText(text);
	if (rest.length > 0)
		throw new FatalError("The text is too long for one message, which is all that can be replaced. Shorten it.");
	const body = { channel, ts, ...contentOf(blocks) };
	await callSlack(context, { token, method: "chat.update", body });
	return { channel, ts, permalink: await readPermalink(context, { token, channel, ts }) };
}

function contentOf(blocks: readonly string[]) {
	const [first = ""] = blocks;
	return {
		// What notifications show.
		text: first.slice(0, 300).toWellFormed(),
		blocks: blocks.map((text) => ({ type: "section", text: { type: "mrkdwn", text } })),
	};
}

async function readPermalink(context: ExecuteContext, { token, channel, ts }: Posted & { token: string }) {
	try {
		const body = { channel, message_ts: ts };
		const answer = await callSlack(context, { token, method: "chat.getPermalink", body });
		return typeof answer.permalink === "string" ? answer.permalink : null;
	} catch (error) {
		context.signal.throwIfAborted();
		// The message is there: failing now would post it again.
		context.log(
			"warn",
			`Slack told no address of the message: ${error instanceof Error ? error.message : "no answer"}`,
		);
		return null;
	}
}
