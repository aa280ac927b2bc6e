import type { TabGroup } from "./tab-group";

/** The tabs of one browser: messages reach the other tabs, the lead goes to whoever asked first. Each call opens a tab. */
export function openTestBrowser<Message>() {
	const tabs: { handle?: (message: Message) => void; open: boolean }[] = [];
	const queue: { lead: () => void }[] = [];
	return (): TabGroup<Message> & { crash: () => void } => {
		const tab: (typeof tabs)[number] = { open: true };
		tabs.push(tab);
		let waiting: (typeof queue)[number] | undefined;
		const giveUp = () => {
			const led = queue[0] === waiting;
			if (waiting) queue.splice(queue.indexOf(waiting), 1);
			if (led) queue[0]?.lead();
		};
		const close = () => {
			tab.open = false;
		};
		return {
			post: (message) => {
				for (const other of tabs) if (other !== tab && other.open && tab.open) other.handle?.(structuredClone(message));
			},
			onMessage: (handle) => {
				tab.handle = handle;
			},
			seekLead: (lead) => {
				waiting = { lead };
				queue.push(waiting);
				if (queue[0] === waiting) lead();
				return giveUp;
			},
			close,
			crash: () => {
				close();
				giveUp();
			},
		};
	};
}
