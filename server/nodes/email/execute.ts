import { describeSize } from "../../artifacts/artifact-ref";
import { FatalError } from "../../errors";
import type { Json } from "../../plan/values/json";
import { findAttached } from "../attached-files";
import type { Execute, ExecuteContext } from "../execute-context";
import { type emailDefinition, MAX_RECIPIENTS } from "./definition";
import { readAddresses } from "./read-addresses";
import { renderBody } from "./render-body";

/** What mail servers take of a mail (25 MB, mostly), with a third more for its encoding. */
const MAX_ATTACHED_BYTES = 18_000_000;

async function findAttachments(context: ExecuteContext, files: Json) {
	const found = await findAttached(context, files);
	const size = found.reduce((sum, file) => sum + file.size, 0);
	if (size > MAX_ATTACHED_BYTES)
		throw new FatalError(
			`The files have ${describeSize(size)}, and a mail holds ${describeSize(MAX_ATTACHED_BYTES)}. Attach fewer, compress them, or write where they are to be found.`,
		);
	return found.map(({ name, type, open }) => ({ name: name.split("/").at(-1) ?? name, type, open }));
}

/**
 * Sends a mail with a `Message-ID` that is the same in every attempt: a mail whose acceptance was lost is sent again, and
 * mailboxes keep one of the two.
 */
export const executeEmail: Execute<typeof emailDefinition> = async (config, context) => {
	const { server, replyTo, fromName, subject, body } = config;
	const [to, cc, bcc] = [config.to, config.cc ?? "", config.bcc ?? ""].map((text) => readAddresses(text) ?? []);
	const count = [...(to ?? []), ...(cc ?? []), ...(bcc ?? [])].length;
	if (count > MAX_RECIPIENTS)
		throw new FatalError(`This mail is to ${count} addresses. One step mails to ${MAX_RECIPIENTS} at most.`);
	const attachments = await findAttachments(context, config.files);
	const html = await context.compute(async () => renderBody(body));
	if (html === undefined)
		context.log("warn", "The text has too many markers to be read as Markdown, and is sent as it is.");
	const id = ["weft", context.run.id, context.node.id, context.iteration.replaceAll(/[^\w]/g, "-")];
	const sent = await context.mail({
		...{ server, to: to ?? [], cc: cc ?? [], bcc: bcc ?? [], replyTo, fromName: fromName || undefined, subject },
		...{ text: body, html, attachments, id: id.filter((part) => part !== "").join(".") },
	});
	if (sent.rejected.length > 0) context.log("warn", `The mail server refused ${sent.rejected.join(", ")}.`);
	context.log("info", `The mail server took the mail for ${sent.accepted.length} of ${count} addresses.`);
	return { output: sent };
};
