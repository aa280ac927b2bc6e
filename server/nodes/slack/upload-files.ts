import { z } from "zod";
import type { ArtifactRef } from "../../artifacts/artifact-ref";
import { FatalError, RetryableError } from "../../errors";
import { callSlack } from "../call-slack";
import { exchange, explainStatus } from "../exchange";
import type { ExecuteContext } from "../execute-context";
import { readSlackHistory } from "../slack-history";

/** Of one file; the whole step has its own time limit. */
const TIMEOUT_SECONDS = 600;

export interface Upload {
	name: string;
	/** In bytes. */
	size: number;
	open(): Promise<AsyncIterable<Uint8Array>>;
}

type FoundFile = ArtifactRef & Pick<Upload, "open">;

export function toUpload({ name, size, open }: FoundFile): Upload {
	return { name: name.split("/").at(-1) ?? name, size, open };
}

export function textFile(text: string): Upload {
	const bytes = Buffer.from(text);
	return {
		name: "report.md",
		size: bytes.length,
		async open() {
			return only(bytes);
		},
	};
}

async function* only(bytes: Uint8Array) {
	yield bytes;
}

interface Shared {
	token: string;
	channel: string;
	/** The message in whose thread they are shown. */
	parent: string | undefined;
	/** The `ts` of this step's message: files of these names after it are its own. */
	after: string;
	files: readonly Upload[];
}

/**
 * Uploads files to a thread, as one message. They are seen by its last call alone, so that what an earlier attempt has
 * uploaded in vain shows nowhere; whether that call was answered is looked up, where the bot may read the channel.
 */
export async function uploadOnce(context: ExecuteContext, shared: Shared): Promise<void> {
	const { token, channel, parent, files } = shared;
	if (files.length === 0 || (await areShown(context, shared))) return;
	const ids: { id: string; title: string }[] = [];
	for (const file of files) ids.push({ id: await uploadOne(context, token, file), title: file.name });
	const place = parent === undefined ? {} : { thread_ts: parent };
	const body = { files: ids, channel_id: channel, ...place };
	await callSlack(context, { token, method: "files.completeUploadExternal", body });
	context.log("info", `${files.map(({ name }) => name).join(", ")} uploaded to Slack.`);
}

async function areShown(context: ExecuteContext, { token, channel, parent, after, files }: Shared): Promise<boolean> {
	if (context.attempt === 1) return false;
	const messages = (await readSlackHistory(context, { token, channel, parent })) ?? [];
	const shown = new Set(messages.filter(({ ts }) => Number(ts) > Number(after)).flatMap((message) => message.files));
	return files.every(({ name }) => shown.has(name));
}

const addressSchema = z.object({ upload_url: z.url({ protocol: /^https$/ }), file_id: z.string() });

async function uploadOne(context: ExecuteContext, token: string, { name, size, open }: Upload): Promise<string> {
	if (size === 0) throw new FatalError(`${name} is empty, and Slack takes no empty files. Leave it out.`);
	const asked = { filename: name, length: String(size) };
	const answer = addressSchema.safeParse(
		await callSlack(context, { token, method: "files.getUploadURLExternal", body: asked }),
	);
	if (!answer.success) throw new RetryableError("Slack did not say where files are uploaded to.");
	const headers = { "content-type": "application/octet-stream" };
	const init = { method: "POST", headers, body: { size, open }, redirect: "manual" as const };
	const uploaded = await exchange(
		context,
		{ url: answer.data.upload_url, init },
		{ timeoutSeconds: TIMEOUT_SECONDS, limit: 64_000 },
	);
	if (uploaded.response.status !== 200) throw explainStatus("Slack", uploaded);
	return answer.data.file_id;
}
