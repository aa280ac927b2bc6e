import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { withLinkedAbort } from "@/server/linked-abort";
import { logger } from "@/server/observability/logger";
import { beginTest, type TestNews, testPromptInput } from "@/server/prompts/begin-test";
import { checkRequest } from "@/server/trpc/check-request";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { answerFile } from "../../answer-file";

const log = logger.child({ part: "prompt-test" });

/** Tests a prompt: streams what the model answers, a line of JSON for each piece of news. It ends with whoever reads it. */
export async function POST(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await answerFile(async () => {
		const viewer = await getViewer();
		if (!viewer) throw new WeftError("unauthenticated", "Sign in to continue.");
		const asked: unknown = await request.json().catch(() => undefined);
		checkRequest(asked);
		const { data, error } = testPromptInput.safeParse(asked);
		if (!data) throw new WeftError("invalid", error.issues[0]?.message ?? "Test the prompt on its page.");
		const ask = await beginTest({ database: getDatabase(), actor: viewerActor(viewer) }, data);
		return new Response(stream(ask, request.signal), {
			headers: { "content-type": "application/x-ndjson", "cache-control": "no-store", "x-accel-buffering": "no" },
		});
	});
}

type Ask = Awaited<ReturnType<typeof beginTest>>;

function stream(ask: Ask, gone: AbortSignal): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	const left = new AbortController();
	return new ReadableStream({
		async start(controller) {
			const tell = (news: TestNews) => {
				if (!left.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(news)}\n`));
			};
			await withLinkedAbort(gone, async (either) => {
				left.signal.addEventListener("abort", () => either.abort(), { once: true });
				await ask(tell, either.signal);
			}).catch((error: unknown) => {
				log.error({ err: error }, "A test of a prompt failed.");
				tell({ type: "failed", message: "Something went wrong on the server. Try again." });
			});
			if (!left.signal.aborted) controller.close();
		},
		cancel: () => left.abort(),
	});
}
