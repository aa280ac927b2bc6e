import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { createEditorStore } from "../editor-store";
import { autoMerge } from "./auto-merge";
import { DraftSession } from "./draft-session";
import type { DraftStorage } from "./draft-storage";
import type { SaveAnswer, SaveRequest } from "./saving-loop";
import type { UnsavedEdits } from "./saving-state";
import type { TabLocks } from "./tab-lock";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const ada = { id: "ada", name: "Ada Lovelace" };
const jonas = { id: "jonas", name: "Jonas Weber" };

/** Saves by revision, as the real one does; can be away, and can lose its answers. */
function createServer(plan: Plan) {
	const server = { draft: { revision: 1, plan, saveId: "", savedBy: ada }, isAway: false, losesAnswers: false };
	const save = async (
		{ plan: sent, base, saveId, unanswered }: SaveRequest,
		savedBy: typeof ada,
	): Promise<SaveAnswer> => {
		if (server.isAway) throw new Error("no connection");
		const { revision } = server.draft;
		if (base.revision !== revision && !unanswered.includes(server.draft.saveId)) {
			if (saveId === server.draft.saveId) return { status: "saved", revision };
			return { status: "conflict", theirs: { ...server.draft, savedAt: new Date(0) } };
		}
		server.draft = { revision: revision + 1, plan: sent, saveId, savedBy };
		if (server.losesAnswers) throw new Error("connection lost");
		return { status: "saved", revision: revision + 1 };
	};
	return Object.assign(server, { save });
}

/** What the tabs of one browser share. */
function createBrowser() {
	const left = new Map<string, UnsavedEdits>();
	const open = new Set<string>();
	const waiting: { tab: string; onGone: () => void }[] = [];
	const storage: DraftStorage = {
		put: async (_place, tab, edits) => void left.set(tab, structuredClone(edits)),
		remove: async (_place, tab) => void left.delete(tab),
		listTabs: async () => [...left.keys()],
		read: async (_place, tab) => left.get(tab),
	};
	const locks: TabLocks = {
		hold: (tab) => {
			open.add(tab);
			return () => {
				open.delete(tab);
				for (const each of waiting) if (each.tab === tab) each.onGone();
			};
		},
		whenGone: (tab, _signal, onGone) => (open.has(tab) ? waiting.push({ tab, onGone }) : onGone()),
	};
	/** The browser's process ends: nothing of its tabs goes on. */
	const crash = () => open.clear();
	return { left, storage, locks, crash };
}

let ids = 0;

function openTab(server: ReturnType<typeof createServer>, browser: ReturnType<typeof createBrowser>, person = ada) {
	const { revision, plan } = server.draft;
	const editor = createEditorStore({ saved: { revision, plan } });
	let isGone = false;
	const session = new DraftSession({
		editor,
		storage: browser.storage,
		locks: browser.locks,
		place: { userId: person.id, workflowId: "w" },
		newId: () => `id-${++ids}`,
		settle: (state, theirs) => autoMerge(state, theirs, person.id),
		send: (request) => (isGone ? new Promise(() => {}) : server.save(request, person)),
	});
	const close = session.start();
	const edit = (name: string, command: string) =>
		editor.getState().apply("edit", (before) => ({
			...before,
			nodes: before.nodes.map((node) => (node.id === name ? { ...node, config: { command } } : node)),
		}));
	const kill = () => {
		isGone = true;
		browser.crash();
	};
	const shown = () => editor.getState().plan;
	return { session, editor, edit, shown, close, kill, phase: () => session.loop.state.phase.name };
}

const pause = () => vi.advanceTimersByTimeAsync(700);
const start = testPlan(["a", "b"], []);
const commands = (plan: Plan) => plan.nodes.map(({ config }) => config.command);

describe("an open draft", () => {
	it("is saved after an edit, and leaves nothing in the browser", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const { edit, editor } = openTab(server, browser);
		edit("a", "ls");
		await pause();
		expect(commands(server.draft.plan)).toEqual(["ls", "true"]);
		expect(editor.getState().saved.revision).toBe(2);
		expect(browser.left.size).toBe(0);
	});

	it("is in the browser while the server is away, and saved when it is back", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const { edit, phase } = openTab(server, browser);
		server.isAway = true;
		edit("a", "ls");
		await pause();
		expect(phase()).toBe("offline");
		expect([...browser.left.values()].map(({ plan }) => commands(plan))).toEqual([["ls", "true"]]);
		server.isAway = false;
		await vi.advanceTimersByTimeAsync(1_500);
		expect(phase()).toBe("saved");
		expect(browser.left.size).toBe(0);
	});
});

describe("a tab that was closed while the server was away", () => {
	it("leaves its edits to the next one, which saves them and can undo them", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const first = openTab(server, browser);
		server.isAway = true;
		first.edit("a", "ls");
		await pause();
		first.kill();
		server.isAway = false;
		const { shown, editor } = openTab(server, browser);
		await pause();
		expect(commands(shown())).toEqual(["ls", "true"]);
		expect(commands(server.draft.plan)).toEqual(["ls", "true"]);
		expect(browser.left.size).toBe(0);
		expect(editor.getState().undo()).toBe("Bring back unsaved edits");
		expect(commands(shown())).toEqual(["true", "true"]);
	});

	it("is no conflict with itself when the server took a save whose answer got lost", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const first = openTab(server, browser);
		server.losesAnswers = true;
		first.edit("a", "ls");
		await pause();
		first.edit("a", "ls -l");
		await vi.advanceTimersByTimeAsync(200);
		first.kill();
		server.losesAnswers = false;
		const { phase } = openTab(server, browser);
		await pause();
		expect(phase()).toBe("saved");
		expect(commands(server.draft.plan)).toEqual(["ls -l", "true"]);
	});

	it("overwrites nothing that somebody else saved meanwhile", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const first = openTab(server, browser);
		server.isAway = true;
		first.edit("a", "ls");
		await pause();
		first.kill();
		server.isAway = false;
		openTab(server, createBrowser(), jonas).edit("b", "pwd");
		await pause();
		const { phase, shown } = openTab(server, browser);
		await pause();
		expect(phase()).toBe("conflict");
		expect(commands(shown())).toEqual(["ls", "true"]);
		expect(commands(server.draft.plan)).toEqual(["true", "pwd"]);
	});

	it("hands its edits to a tab that is still open", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const first = openTab(server, browser);
		server.isAway = true;
		first.edit("a", "ls");
		await pause();
		const second = openTab(server, browser);
		await pause();
		expect(commands(second.shown())).toEqual(["true", "true"]);
		first.close();
		server.isAway = false;
		await vi.advanceTimersByTimeAsync(2_000);
		expect(commands(second.shown())).toEqual(["ls", "true"]);
		expect(commands(server.draft.plan)).toEqual(["ls", "true"]);
	});
});

describe("two tabs of one person", () => {
	it("do not fight: edits of different steps come together without a question", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const [one, two] = [openTab(server, browser), openTab(server, browser)];
		one.edit("a", "ls");
		two.edit("b", "pwd");
		await pause();
		await pause();
		expect(commands(server.draft.plan)).toEqual(["ls", "pwd"]);
		expect([one.phase(), two.phase()]).toEqual(["saved", "saved"]);
		one.session.loop.dispatch({ type: "heard", theirs: { ...server.draft, savedAt: new Date(0) } });
		expect(commands(one.shown())).toEqual(["ls", "pwd"]);
	});

	it("ask when both changed the same field", async () => {
		const [server, browser] = [createServer(start), createBrowser()];
		const [one, two] = [openTab(server, browser), openTab(server, browser)];
		one.edit("a", "ls");
		two.edit("a", "pwd");
		await pause();
		expect([one.phase(), two.phase()]).toEqual(["saved", "conflict"]);
	});
});
