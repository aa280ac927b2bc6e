import { act, cleanup, render, screen } from "@testing-library/react";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { type ComponentProps, useState } from "react";
import { afterEach, beforeEach, vi } from "vitest";
import { useStore } from "zustand";
import { type Answers, createTestFrame } from "@/components/trpc/test-frame";
import { hashPlan } from "@/server/plan/hash-plan";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { ActionsContext, createActionsStore } from "../actions/actions-context";
import { EditorTools } from "../editor-tools";
import { createPresenceStore } from "../presence/presence-store";
import type { SavingPhase } from "../saving/saving-state";
import { createTestDraft, createTestEditor, createTestSaving } from "../test-editor";
import { useEditorViews } from "../use-editor-views";
import { EditorTopBar } from "./editor-top-bar";

/** Draws nothing of one test in the next. */
export function openTestBrowser(): void {
	beforeEach(() => vi.stubGlobal("ResizeObserver", StillObserver));
	afterEach(() => {
		cleanup();
		vi.unstubAllGlobals();
	});
}

export const plan = testPlan(["a", "b"], ["a>b"]);
export const wrong = testPlan([{ id: "a", config: { command: "echo {{ steps.nobody.output.x }}" } }], []);
export const published = { version: 3, publishedHash: hashPlan(plan) };

interface Options {
	of?: Plan;
	draft?: Parameters<typeof createTestDraft>[1];
	phase?: SavingPhase;
	isKept?: boolean;
	tab?: "workflow" | "runs";
	unapplied?: number;
	answers?: Answers;
}

/** The bar over an editor with everything that can be done in it. */
export function openBar(options: Options = {}) {
	const { of = plan, phase, isKept, tab = "workflow", unapplied = 0, answers = {} } = options;
	const { editor, around } = createTestEditor(of);
	const saving = createTestSaving(of, phase, isKept);
	const draft = createTestDraft(of, options.draft);
	const changePanels = vi.fn();
	const { frame, router, onError } = createTestFrame({ "workflows.list": () => [], ...answers });
	const panels: PageProps["panels"] = [{ palette: true, inspector: true, bottom: null }, changePanels];
	render(
		frame(
			<SearchParamsContext value={new URLSearchParams()}>
				{around(<Page draft={draft} saving={saving} panels={panels} tab={tab} unapplied={unapplied} />)}
			</SearchParamsContext>,
		),
	);
	return { editor, saving, changePanels, router, onError };
}

interface PageProps extends Pick<ComponentProps<typeof EditorTools>, "draft" | "saving" | "panels"> {
	tab: "workflow" | "runs";
	unapplied: number;
}

function Page({ tab, unapplied, ...given }: PageProps) {
	const views = { ...useEditorViews(), unapplied };
	const [available] = useState(createActionsStore);
	const [presence] = useState(createPresenceStore);
	const busy = useStore(available, (state) => state.busy);
	const place = { team: "acme", views, ...given };
	return (
		<ActionsContext value={available}>
			<EditorTopBar {...place} tab={tab} busy={busy} presence={presence} isMerging={false} />
			<EditorTools {...place} actionsStore={available} isDrawing />
			{views.wantsMerge && <p>Both drafts are merged here</p>}
		</ActionsContext>
	);
}

export const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });
export const isOff = (name: string | RegExp) => button(name).getAttribute("aria-disabled") === "true";

/** What is said of a button that cannot be pressed, to whoever comes to it by the keyboard. */
export async function reasonOf(name: string | RegExp): Promise<string | null> {
	act(() => button(name).focus());
	return (await screen.findByRole("tooltip")).textContent;
}

class StillObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}
