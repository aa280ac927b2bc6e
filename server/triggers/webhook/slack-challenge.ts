import { isObject } from "../../plan/values/json";
import { tryReadJson } from "../../plan/values/read-json";

/** What Slack wants back once, when an address is entered there: it is signed like everything else, and starts nothing. */
export function challengeOf(bytes: Buffer): string | undefined {
	const body = tryReadJson(bytes.toString("utf8"));
	if (body === undefined || !isObject(body) || body.type !== "url_verification") return undefined;
	return typeof body.challenge === "string" ? body.challenge : undefined;
}
