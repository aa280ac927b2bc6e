// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { createTestFrame, Refusal } from "../trpc/test-frame";
import { InboxPage } from "./inbox-page";

afterEach(cleanup);

const mention = {
	...{ id: "m", kind: "mention", sentence: "Mara mentioned you in run 12 of Port a module", excerpt: "Look at this" },
	...{ path: "/acme/workflows/port/runs/12", team: { slug: "acme", name: "Acme" }, at: new Date(), isUnread: true },
	...{ settled: null, cursor: "2_m" },
};
const decided = {
	...{ id: "a", kind: "approval", sentence: "Run 3 of Release waits for your decision", excerpt: null },
	...{ path: "/others/workflows/release/runs/3", team: { slug: "others", name: "Others" }, isUnread: false },
	...{ at: new Date(Date.now() - 86_400_000), settled: "No longer waiting", cursor: "1_a" },
};

function openPage(list: (input: unknown) => unknown) {
	const [markRead, markAllRead] = [vi.fn(), vi.fn()];
	const viewer = { user: {}, teams: [], inbox: { unread: 1, changedAt: "now" } };
	const answers = { "inbox.list": list, "inbox.markRead": markRead, "inbox.markAllRead": markAllRead };
	const { frame } = createTestFrame({ ...answers, "viewer.me": () => viewer });
	render(frame(<InboxPage />));
	return { markRead, markAllRead };
}

it("shows day by day what came, where it leads, of which other team, and what is over", async () => {
	openPage(() => ({ items: [mention, decided], next: undefined }));
	const today = within(await screen.findByRole("region", { name: "Today" }));
	expect(today.getByRole("link", { name: /^Unread: Mara mentioned you/ }).getAttribute("href")).toBe(mention.path);
	expect(today.getByText("Look at this")).toBeDefined();
	const before = within(screen.getByRole("region", { name: "Yesterday" }));
	expect(before.getByText("· Others")).toBeDefined();
	expect(before.getByText("No longer waiting")).toBeDefined();
	expect(before.queryByRole("button")).toBeNull();
});

it("marks what is opened as read, and can make it unread again", async () => {
	const { markRead } = openPage(() => ({
		items: [mention, { ...mention, id: "n", isUnread: false }],
		next: undefined,
	}));
	fireEvent.click((await screen.findAllByRole("link", { name: /Mara mentioned you/ }))[0] ?? document.body);
	await vi.waitFor(() => expect(markRead.mock.calls).toEqual([[{ id: "m", isRead: true }]]));
	fireEvent.click(screen.getByRole("button", { name: "Mark as unread" }));
	await vi.waitFor(() => expect(markRead).toHaveBeenLastCalledWith({ id: "n", isRead: false }));
});

it("goes from one to the next by the arrow keys", async () => {
	openPage(() => ({ items: [mention, { ...mention, id: "n" }], next: undefined }));
	const [first, second] = await screen.findAllByRole("link", { name: /Mara mentioned you/ });
	first?.focus();
	fireEvent.keyDown(first ?? document.body, { key: "ArrowDown" });
	expect(document.activeElement).toBe(second);
	fireEvent.keyDown(second ?? document.body, { key: "ArrowUp" });
	expect(document.activeElement).toBe(first);
});

it("asks for older ones, and leads back from a filter that finds nothing", async () => {
	const list = vi.fn((input: unknown) => {
		if (!isAsked(input)) return { items: [], next: undefined };
		if (input.unreadOnly) return { items: [], next: undefined };
		return input.before ? { items: [decided], next: undefined } : { items: [mention], next: "2_m" };
	});
	openPage(list);
	fireEvent.click(await screen.findByRole("button", { name: "Show older" }));
	expect(await screen.findByRole("region", { name: "Yesterday" })).toBeDefined();
	fireEvent.click(screen.getByRole("radio", { name: "Unread" }));
	fireEvent.click(await screen.findByRole("button", { name: "Show all" }));
	expect(await screen.findByRole("region", { name: "Today" })).toBeDefined();
});

function isAsked(input: unknown): input is { unreadOnly?: boolean; before?: string } {
	return typeof input === "object" && input !== null;
}

it("says what will come where nothing has come yet", async () => {
	openPage(() => ({ items: [], next: undefined }));
	expect(await screen.findByText("Your inbox is empty")).toBeDefined();
	expect(screen.getByText(/somebody mentions you in a comment/)).toBeDefined();
});

it("says why the inbox could not be read, and offers to try again", async () => {
	openPage(() => {
		throw new Refusal(404, "There is no such inbox.");
	});
	const alert = await screen.findByRole("alert");
	expect(within(alert).getByRole("button", { name: "Try again" })).toBeDefined();
});
