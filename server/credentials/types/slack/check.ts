import { FatalError } from "@/server/errors";
import { callSlack } from "@/server/nodes/call-slack";
import { readJson } from "@/server/plan/values/read-json";
import type { CheckCredential } from "../../credential-check";

/** Asks Slack whose token it is. The signing secret cannot be tried: it is Slack that signs with it. */
export const checkSlack: CheckCredential = async ({ "": token = "" }, { fetch, signal }) => {
	const context = { fetch, signal, readJson: async (text: string) => readJson(text) };
	try {
		const { user, team } = await callSlack(context, { token, method: "auth.test", body: {} });
		return { verdict: "works", message: `Slack knows it as ${String(user)} of ${String(team)}.` };
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return { verdict: "refused", message: error.message };
	}
};
