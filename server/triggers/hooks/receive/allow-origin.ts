import type { Receiver } from "../hook-kind";

/** Answers a browser that asks what another site's page may send; undefined for any other request. */
export function answerOptions(
	request: Pick<Request, "method" | "headers">,
	triggers: readonly Receiver[],
): Response | undefined {
	const asked = request.headers.get("access-control-request-method");
	if (request.method !== "OPTIONS" || asked === null) return undefined;
	const methods = [...new Set(triggers.flatMap(({ reception }) => reception.methods))].join(", ");
	const answer = new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
	if (allowedOrigin(request, triggers) === undefined) return answer;
	answer.headers.set("access-control-allow-methods", methods);
	answer.headers.set(
		"access-control-allow-headers",
		request.headers.get("access-control-request-headers") ?? "content-type",
	);
	answer.headers.set("access-control-max-age", "600");
	return withOrigin(answer, request, triggers);
}

/** Lets a page read the answer whose origin a trigger names; cookies are never asked for. */
export function withOrigin(
	answer: Response,
	request: Pick<Request, "method" | "headers">,
	triggers: readonly Receiver[],
): Response {
	const origin = allowedOrigin(request, triggers);
	if (origin === undefined) return answer;
	answer.headers.set("access-control-allow-origin", origin);
	answer.headers.append("vary", "origin");
	return answer;
}

function allowedOrigin({ headers }: Pick<Request, "headers">, triggers: readonly Receiver[]): string | undefined {
	const origin = headers.get("origin");
	const allowed = triggers.flatMap(({ reception }) => reception.origins);
	return origin !== null && (allowed.includes("*") || allowed.includes(origin)) ? origin : undefined;
}
