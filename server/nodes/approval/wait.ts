import { completeValues } from "../../plan/form-values";
import type { JsonObject } from "../../plan/values/json";
import type { Wait } from "../wait";
import { approvalDefinition } from "./definition";

const { fields: fieldsSchema, onTimeout: onTimeoutSchema } = approvalDefinition.config.shape;

export const approvalWait: Wait<typeof approvalDefinition> = {
	endsBy: "answer",
	begin({ message, fields, approvers, timeoutSeconds, mailTo, needsNoAccount }, now) {
		const until = timeoutSeconds === undefined ? {} : { until: now + timeoutSeconds * 1000 };
		const mail = mailTo.length === 0 ? {} : { mail: { to: mailTo, needsNoAccount } };
		return { for: "approval", message, fields, approvers, ...until, ...mail };
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

/** Null stands for what was not answered, so that later steps can ask for it. */
function answersOf(config: JsonObject, values: JsonObject): JsonObject {
	return completeValues(fieldsSchema.catch([]).parse(config.fields), values);
}
