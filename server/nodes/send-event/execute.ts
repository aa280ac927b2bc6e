import type { Execute } from "../execute-context";
import type { sendEventDefinition } from "./definition";

export const executeSendEvent: Execute<typeof sendEventDefinition> = async ({ name, data }, context) => {
	const { id, at } = await context.sendEvent(name, data);
	context.log("info", `Sent ${name}`);
	return { output: { id, at: at.toISOString() } };
};
