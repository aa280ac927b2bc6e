import { expect, it } from "vitest";
import { type NewsMessage, shareNews } from "./share-news";
import { openTestBrowser } from "./test-tabs";

/** Tabs that watch the same server, which says something to whoever watches it. */
function watchInTabs() {
	const openTab = openTestBrowser<NewsMessage<string>>();
	const watchers = new Set<(news: string) => void>();
	return {
		say: (news: string) => {
			for (const tell of watchers) tell(news);
		},
		watchers,
		open: ({ alone = false } = {}) => {
			const heard: string[] = [];
			const group = alone ? null : openTab();
			const watch = (tell: (news: string) => void) => {
				watchers.add(tell);
				return () => void watchers.delete(tell);
			};
			return { heard, stop: shareNews({ group, watch, onNews: (news) => heard.push(news) }) };
		},
	};
}

it("watches once for all tabs, and tells each of them", () => {
	const { say, watchers, open } = watchInTabs();
	const [first, second] = [open(), open()];
	say("viewer");
	expect([first.heard, second.heard, watchers.size]).toEqual([["viewer"], ["viewer"], 1]);
});

it("tells a tab that comes later what was said last", () => {
	const { say, open } = watchInTabs();
	open();
	say("viewer");
	say("editor");
	expect(open().heard).toEqual(["editor"]);
});

it("goes on in another tab when the one that watched is closed", () => {
	const { say, watchers, open } = watchInTabs();
	const [first, second] = [open(), open()];
	first.stop();
	say("editor");
	expect([first.heard, second.heard, watchers.size]).toEqual([[], ["editor"], 1]);
	second.stop();
	expect(watchers.size).toBe(0);
});

it("watches in each tab by itself where they have nothing in common", () => {
	const { say, watchers, open } = watchInTabs();
	const tabs = [open({ alone: true }), open({ alone: true })];
	say("viewer");
	expect([tabs.map(({ heard }) => heard), watchers.size]).toEqual([[["viewer"], ["viewer"]], 2]);
});
