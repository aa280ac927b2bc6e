import { REDACTED } from "@/server/plan/values/redacted";
import { walkJson } from "@/server/plan/values/walk-json";

/** Whether a key stood in a step's config, which did not leave its team. */
export function hidesSomething(config: unknown): boolean {
	const found = walkJson(config, (value) => (typeof value === "string" && value.includes(REDACTED) ? true : undefined));
	return found !== undefined;
}
