export interface WatchHandlers<News> {
	onNews: (news: News) => void;
	/** The stream broke: whether asking again soon may help. */
	onError: (isTransient: boolean) => void;
}

/** Opens a stream; returns what closes it. */
export type OpenWatch<News> = (handlers: WatchHandlers<News>) => () => void;

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 15_000;
/** A refusal (no longer a member, signed out) is asked again, but rarely. */
const REFUSED_WAIT_MS = 60_000;

interface Watching {
	stop: () => void;
	/** Does not wait any longer, if it was waiting. */
	hurry: () => void;
}

interface KeepWatching<News> {
	onNews: (news: News) => void;
	/** Nothing is known until the next news. */
	onLost: () => void;
}

/** Keeps a stream open, and opens it again with growing waits when it breaks. */
export function keepWatching<News>(open: OpenWatch<News>, { onNews, onLost }: KeepWatching<News>): Watching {
	let failures = 0;
	let close = () => {};
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stream = 0;
	const start = () => {
		timer = undefined;
		stream += 1;
		const own = stream;
		close = open({
			onNews: (news) => {
				if (own !== stream) return;
				failures = 0;
				onNews(news);
			},
			onError: (isTransient) => {
				if (own !== stream) return;
				end();
				onLost();
				timer = setTimeout(start, isTransient ? Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) : REFUSED_WAIT_MS);
				failures += 1;
			},
		});
	};
	const end = () => {
		stream += 1;
		clearTimeout(timer);
		timer = undefined;
		close();
	};
	const hurry = () => {
		if (timer === undefined) return;
		clearTimeout(timer);
		start();
	};
	start();
	return { stop: end, hurry };
}
