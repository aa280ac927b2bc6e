import { getDatabase } from "@/server/database";
import { readMetrics } from "@/server/observability/metrics";
import { isMetricsReader } from "@/server/observability/metrics-access";

export const dynamic = "force-dynamic";

/** For Prometheus, with `WEFT_METRICS_TOKEN` as its bearer token. They name teams and workflows: without the token, nothing. */
export async function GET(request: Request): Promise<Response> {
	if (!isMetricsReader(request)) {
		return new Response("Set WEFT_METRICS_TOKEN, and send it as a bearer token.\n", {
			status: 401,
			headers: { "www-authenticate": "Bearer", "cache-control": "no-store" },
		});
	}
	const { text, contentType } = await readMetrics(getDatabase());
	return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
