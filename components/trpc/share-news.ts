import type { TabGroup } from "./tab-group";

export type NewsMessage<News> = { kind: "want" } | { kind: "news"; news: News };

interface ShareNews<News> {
	/** Null where the browser's tabs have nothing in common: then each watches alone. */
	group: TabGroup<NewsMessage<News>> | null;
	/** Watches; returns what ends it. */
	watch: (onNews: (news: News) => void) => () => void;
	onNews: (news: News) => void;
}

/**
 * Watches something once for all tabs of a browser, because a browser opens only six connections to a server. One tab
 * leads and passes on what it hears; a tab that comes later is told the last of it. Returns what ends it.
 */
export function shareNews<News>({ group, watch, onNews }: ShareNews<News>): () => void {
	if (group === null) return watch(onNews);
	let stop = () => {};
	let last: { news: News } | undefined;
	group.onMessage((message) => {
		if (message.kind === "news") onNews(message.news);
		else if (last) group.post({ kind: "news", ...last });
	});
	const giveUp = group.seekLead(() => {
		stop = watch((news) => {
			last = { news };
			group.post({ kind: "news", news });
			onNews(news);
		});
	});
	group.post({ kind: "want" });
	return () => {
		stop();
		giveUp();
		group.close();
	};
}
