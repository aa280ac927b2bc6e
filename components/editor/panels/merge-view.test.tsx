// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand";
import { ViewerProvider } from "@/components/shell/viewer-context";
import { createTestFrame } from "@/components/trpc/test-frame";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import type { SavingView } from "../saving/draft-session";
import type { OthersDraft } from "../saving/saving-state";
import type { DraftSaving } from "../saving/use-draft-saving";
import { MergeView } from "./merge-view";

afterEach(cleanup);

const step = (id: string, command: string) => ({ id, config: { command } });
const base = testPlan([step("install", "npm ci"), step("test", "npm test"), step("tell", "mail")], ["install>test"]);
const mine = testPlan(
	[step("install", "npm ci --fast"), step("test", "vitest"), step("tell", "mail")],
	["install>test"],
);
const theirs: OthersDraft = {
	revision: 43,
	plan: testPlan([step("install", "pnpm install"), step("test", "npm test")], ["install>test"]),
	savedBy: { id: "jonas", name: "Jonas Weber" },
	savedAt: new Date("2026-05-12T14:26:00Z"),
};

const viewer = {
	user: {
		id: "mara",
		name: "Mara Lindqvist",
		email: "mara@acme.dev",
		isAddressVerified: false,
		image: null,
		initials: null,
		theme: null,
		timeZone: null,
	},
	teams: [],
	team: { id: "t", name: "Acme", slug: "acme", formerSlugs: [], role: "editor" as const },
	inbox: { unread: 0, changedAt: null },
	sendsMail: false,
	signOut: async () => {},
};

function openMerge(plan: Plan = mine) {
	const settle = vi.fn<DraftSaving["settle"]>();
	const onClose = vi.fn();
	const saving: DraftSaving = {
		store: createStore<SavingView>(() => ({
			isKept: true,
			saving: { phase: { name: "conflict", theirs }, base: { revision: 42, plan: base }, plan, unanswered: [] },
		})),
		saveNow: vi.fn(),
		replace: vi.fn(),
		settle,
	};
	const { frame } = createTestFrame({});
	render(
		frame(
			<ViewerProvider value={viewer}>
				<MergeView saving={saving} onClose={onClose} />
			</ViewerProvider>,
		),
	);
	const saved = () => settle.mock.lastCall?.[1].nodes.map(({ config }) => config.command);
	return { settle, saved, onClose };
}

const saveButton = () => screen.getByRole<HTMLButtonElement>("button", { name: /Save merged/ });
const choice = (name: RegExp) => screen.getByRole("radio", { name });
const box = (side: string, name: string) =>
	within(screen.getByRole("region", { name: side })).getByRole("checkbox", { name });

describe("the merge view", () => {
	it("says who saved first and what fits together", () => {
		openMerge();
		expect(screen.getByText(/Jonas saved revision 43/)).toBeDefined();
		expect(screen.getByText(/2 changes fit together, 1 field does not/)).toBeDefined();
	});

	it("saves nothing until each conflict has a chosen side", () => {
		const { settle, saved, onClose } = openMerge();
		expect(saveButton().disabled).toBe(true);
		fireEvent.keyDown(window, { key: "s", ctrlKey: true });
		expect(settle).not.toHaveBeenCalled();
		fireEvent.click(choice(/^Jonas: pnpm install/));
		fireEvent.click(saveButton());
		expect(saved()).toEqual(["pnpm install", "vitest"]);
		expect(onClose).toHaveBeenCalledTimes(1);
	});

	it("takes the other side when one thinks better of it, and saves by key", () => {
		const { saved } = openMerge();
		fireEvent.click(choice(/^Jonas: pnpm install/));
		fireEvent.click(choice(/^Yours: npm ci --fast/));
		fireEvent.keyDown(window, { key: "s", metaKey: true });
		expect(saved()).toEqual(["npm ci --fast", "vitest"]);
	});

	it("leaves out what is not ticked, of either side", () => {
		const { saved } = openMerge();
		fireEvent.click(choice(/^Yours/));
		fireEvent.click(box("Yours", "test"));
		fireEvent.click(box("Jonas", "tell"));
		fireEvent.click(saveButton());
		expect(saved()).toEqual(["npm ci --fast", "npm test", "mail"]);
	});

	it("gives up one's own edits only on demand", () => {
		const { settle } = openMerge();
		fireEvent.click(screen.getByRole("button", { name: "Drop mine" }));
		expect(settle).toHaveBeenCalledWith(theirs, theirs.plan);
	});

	it("can be put off", () => {
		const { settle, onClose } = openMerge();
		fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
		expect(onClose).toHaveBeenCalledTimes(1);
		expect(settle).not.toHaveBeenCalled();
	});

	it("tells of problems that only both drafts together have", () => {
		openMerge(
			testPlan(
				[step("install", "npm ci"), step("test", "echo {{ steps.tell.output.stdout }}"), step("tell", "mail")],
				["install>test"],
			),
		);
		expect(screen.getByText("Merged plan has 1 problem")).toBeDefined();
	});

	it("marks on the canvas what both make together", () => {
		openMerge();
		const canvas = screen.getByRole("region", { name: "Both drafts merged" });
		expect(within(canvas).getByText("1 in conflict")).toBeDefined();
		expect(within(canvas).getByText("1 removed")).toBeDefined();
	});
});
