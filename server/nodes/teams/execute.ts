import { FatalError } from "../../errors";
import { exchange, explainStatus } from "../exchange";
import type { Execute } from "../execute-context";
import { buildCard } from "./build-card";
import type { teamsDefinition } from "./definition";

const TIMEOUT_SECONDS = 30;
const MAX_ANSWER_BYTES = 64_000;

/** Posts a card. Teams keeps no id by which it would know a message again: one whose answer was lost is posted twice. */
export const executeTeams: Execute<typeof teamsDefinition> = async (config, context) => {
	const { url } = config;
	if (!/^https?:\/\/[^/\s]/i.test(url) || !URL.canParse(url)) {
		throw new FatalError("The address of the channel is not a URL. It begins with https:// and comes from Teams.");
	}
	const { body, shortened } = buildCard(config);
	if (shortened) context.log("warn", "The text is longer than Teams takes, and was shortened.");
	const headers = { "content-type": "application/json", "user-agent": "Weft" };
	const init = { method: "POST", headers, body, redirect: "manual" as const };
	const answer = await exchange(context, { url, init }, { timeoutSeconds: TIMEOUT_SECONDS, limit: MAX_ANSWER_BYTES });
	const { status } = answer.response;
	if (status < 200 || status >= 300) throw explainStatus("Teams", answer);
	return { output: { status, shortened } };
};
