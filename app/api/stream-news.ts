import { withLinkedAbort } from "@/server/linked-abort";
import type { logger } from "@/server/observability/logger";

type Failed = { type: "failed"; message: string };

/**
 * Answers with what a piece of work tells while it goes on, a line of JSON for each piece of news. It ends with whoever
 * reads it.
 */
export function streamNews<News>(
	gone: AbortSignal,
	log: Pick<typeof logger, "error">,
	work: (tell: (news: News | Failed) => void, signal: AbortSignal) => Promise<void>,
): Response {
	const encoder = new TextEncoder();
	const left = new AbortController();
	const body = new ReadableStream<Uint8Array>({
		async start(controller) {
			const tell = (news: News | Failed) => {
				if (!left.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(news)}\n`));
			};
			await withLinkedAbort(gone, async (either) => {
				left.signal.addEventListener("abort", () => either.abort(), { once: true });
				await work(tell, either.signal);
			}).catch((error: unknown) => {
				if (gone.aborted || left.signal.aborted) return;
				log.error({ err: error }, "What was streamed broke off.");
				tell({ type: "failed", message: "Something went wrong on the server. Try again." });
			});
			if (!left.signal.aborted) controller.close();
		},
		cancel: () => left.abort(),
	});
	return new Response(body, {
		headers: { "content-type": "application/x-ndjson", "cache-control": "no-store", "x-accel-buffering": "no" },
	});
}
