import { getDatabase } from "@/server/database";
import { checkHealth } from "@/server/observability/health";

export const dynamic = "force-dynamic";

/** For load balancers and probes: 200 when everything works, else 503 naming the part that does not. */
export async function GET(): Promise<Response> {
	const health = await checkHealth(getDatabase().sql);
	return Response.json(health, {
		status: health.status === "ok" ? 200 : 503,
		headers: { "cache-control": "no-store" },
	});
}
