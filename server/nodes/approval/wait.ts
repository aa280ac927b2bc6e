import { FatalError } from "../../errors";
import { referencesIn } from "../../plan/expressions/template";
import { completeValues } from "../../plan/form-values";
import type { Json, JsonObject } from "../../plan/values/json";
import type { ApprovalMessage, Wait } from "../wait";
import { approvalDefinition } from "./definition";

const { fields: fieldsSchema, onTimeout: onTimeoutSchema } = approvalDefinition.config.shape;

export const approvalWait: Wait<typeof approvalDefinition> = {
	endsBy: "answer",
	begin(config, now, recorded) {
		const { message, fields, approvers, timeoutSeconds, mailTo, needsNoAccount } = config;
		const until = timeoutSeconds === undefined ? {} : { until: now + timeoutSeconds * 1000 };
		const mail = mailTo.length === 0 ? {} : { mail: { to: mailTo, needsNoAccount } };
		const slack = config.slack ? { slack: readMessage(config, recorded.slack) } : {};
		return { for: "approval", message, fields, approvers, ...until, ...mail, ...slack };
	},
	resume(config, { answer, isOver, now }) {
		if (answer?.for === "approval") {
			const { decision, actor, values, at } = answer;
			const by = actor.kind === "share-link" || actor.kind === "system" ? actor.kind : actor.name;
			return { output: { decision, by, at, values: answersOf(config, values) } };
		}
		if (!isOver) return undefined;
		if (onTimeoutSchema.catch("decline").parse(config.onTimeout) === "fail") {
			return { error: { message: "Nobody decided in time.", code: "timeout" } };
		}
		return { output: { decision: "declined", by: null, at: now.toISOString(), values: answersOf(config, {}) } };
	},
};

/** The token is opened anew whenever it is needed: what is kept of it is its name. */
function readMessage(
	{ slackChannel, slackPeople }: { slackChannel?: string | undefined; slackPeople: string[] },
	recorded: Json | undefined,
): ApprovalMessage {
	if (!slackChannel) throw new FatalError("Enter the channel of Slack in which it is asked.");
	const [reference, ...others] = typeof recorded === "string" ? referencesIn(recorded) : [];
	const [root, name, part] = reference?.path ?? [];
	if (root !== "secrets" || name === undefined || part !== undefined || others.length > 0)
		throw new FatalError(
			"Choose a Slack app among the credentials of the team to ask in Slack, as in {{ secrets.SLACK }}.",
		);
	return { credential: name, channel: slackChannel, people: slackPeople };
}

/** Null stands for what was not answered, so that later steps can ask for it. */
function answersOf(config: JsonObject, values: JsonObject): JsonObject {
	return completeValues(fieldsSchema.catch([]).parse(config.fields), values);
}
