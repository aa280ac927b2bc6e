import type { OpenRunStream } from "@/components/runs/watch/run-stream";
import { RefusedError } from "@/components/trpc/refused-error";
import { transformer } from "@/server/trpc/transformer";
import { addressOf, askLink, readRefusal, type Shared } from "./share-client";

/** The server is heard of every 15 seconds, on a connection that is alive. */
const SILENCE_MS = 40_000;

/** What a stream tells. */
type LinkNews = Omit<Shared["events"], "more" | "againMs">;

interface LinkListener {
	/** Called when the link does not work any more, or asks for a password anew. */
	onGone: () => void;
	/** Called with the version of a workflow that is shown by now, and its name. */
	onShown?: (version: number, name: string) => void;
}

/**
 * What is new of a link: the events of its run as they are recorded, or its workflow's version, which stands for the last
 * event, and its name. Where the server has no room for one more who watches, it is read now and then instead.
 */
export function openLinkStream(token: string, { onGone, onShown }: LinkListener): OpenRunStream {
	return ([run], handlers) => {
		const source = new EventSource(addressOf("watch", { token, after: run?.after ?? 0 }));
		const closing = new AbortController();
		let seen = run?.after ?? 0;
		let silence: ReturnType<typeof setTimeout> | undefined;
		const end = () => {
			source.close();
			clearTimeout(silence);
		};
		const refused = (status: number | null) => {
			if (status === 401 || status === 404) onGone();
			else handlers.onError(status === null || status === 429 || status >= 500);
		};
		const take = (news: LinkNews) => {
			seen = news.version ?? news.events.at(-1)?.seq ?? seen;
			handlers.onBatch(news);
			if (news.version !== null && news.name !== null) onShown?.(news.version, news.name);
		};
		/** A browser does not tell why a stream was refused: what else the link answers does. */
		const readInstead = async (wasRefused: boolean) => {
			end();
			try {
				let more = true;
				while (more) {
					const page = await askLink("events", { token, after: seen }, closing.signal);
					if (page.events.length > 0 || page.version !== null) take(page);
					more = page.more;
					if (!more && wasRefused) handlers.onCrowded(page.againMs);
				}
				if (!wasRefused) handlers.onError(true);
			} catch (error) {
				if (!closing.signal.aborted) refused(error instanceof RefusedError ? error.status : null);
			}
		};
		const heard = () => {
			clearTimeout(silence);
			silence = setTimeout(() => void readInstead(false), SILENCE_MS);
		};
		source.addEventListener("connected", () => {
			heard();
			handlers.onConnection("live");
		});
		source.addEventListener("ping", heard);
		source.addEventListener("return", () => void readInstead(false));
		source.addEventListener("serialized-error", ({ data }) => {
			end();
			refused(readRefusal(JSON.parse(data)).status);
		});
		source.addEventListener("message", ({ data }) => {
			heard();
			take(readNews(data));
		});
		source.addEventListener("error", () => void readInstead(source.readyState === EventSource.CLOSED));
		heard();
		return () => {
			closing.abort();
			end();
		};
	};
}

/** What our own server sends. */
function readNews(data: string): LinkNews {
	return transformer.output.deserialize(JSON.parse(data)) as LinkNews;
}
