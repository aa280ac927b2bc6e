import { createHash, timingSafeEqual } from "node:crypto";
import { getEnv } from "../env";

/** Whether a request brings the token of `WEFT_METRICS_TOKEN`; never where that is not set. */
export function isMetricsReader(request: Request): boolean {
	const token = getEnv().WEFT_METRICS_TOKEN;
	if (token === undefined) return false;
	return timingSafeEqual(digest(request.headers.get("authorization") ?? ""), digest(`Bearer ${token}`));
}

/** Of one length, whatever came: comparing tells nothing of it. */
function digest(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
