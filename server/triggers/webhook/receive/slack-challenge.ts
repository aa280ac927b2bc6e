import { isObject } from "@/server/plan/values/json";
import { tryReadJson } from "@/server/plan/values/read-json";
import type { HookTrigger } from "./load-hook";

/** What Slack wants back once, when an address is entered there: it is signed like everything else, and starts nothing. */
export function challengeOf(
	verified: readonly { trigger: HookTrigger; refused: unknown }[],
	bytes: Buffer,
): string | undefined {
	if (!verified.some(({ trigger, refused }) => trigger.config.preset === "slack" && refused === undefined))
		return undefined;
	const body = tryReadJson(bytes.toString("utf8"));
	if (body === undefined || !isObject(body) || body.type !== "url_verification") return undefined;
	return typeof body.challenge === "string" ? body.challenge : undefined;
}
