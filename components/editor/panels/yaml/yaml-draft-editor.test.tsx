// @vitest-environment happy-dom
import { EditorView } from "@codemirror/view";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTestFrame } from "@/components/trpc/test-frame";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { testPlan } from "@/server/plan/test-plan";
import { createEditorStore, EditorContext } from "../../editor-store";
import { YamlDraftEditor } from "./yaml-draft-editor";

afterEach(cleanup);

const start = testPlan(
	[
		{ id: "scan", config: { command: "trivy" } },
		{ id: "tell", config: { command: "echo {{ steps.scan.output.stdout }}" } },
	],
	["scan>tell"],
);
const names = { slug: "release", name: "Release", description: "" };

function openYaml(dropped?: { text: string }) {
	const store = createEditorStore({ saved: { revision: 1, plan: start } });
	const rename = vi.fn();
	const onUnapplied = vi.fn();
	const { frame } = createTestFrame({ "workflows.rename": rename });
	const tree = (file?: { text: string }) =>
		frame(
			<EditorContext value={store}>
				<YamlDraftEditor team="acme" names={names} dropped={file} onUnapplied={onUnapplied} />
			</EditorContext>,
		);
	const { rerender } = render(tree(dropped));
	const view = () => EditorView.findFromDOM(screen.getByLabelText("Release as YAML"));
	const text = () => view()?.state.doc.toString() ?? "";
	/** As somebody types: the words are exchanged where they stand. */
	const write = (words: string, next: string) =>
		act(() => {
			const from = text().indexOf(words);
			view()?.dispatch({ changes: { from, to: from + words.length, insert: next }, userEvent: "input.type" });
		});
	const plan = () => store.getState().plan;
	const commands = () => plan().nodes.map(({ config }) => config.command);
	return {
		view,
		store,
		rename,
		onUnapplied,
		text,
		write,
		plan,
		commands,
		drop: (file: { text: string }) => rerender(tree(file)),
	};
}

const applyButton = () => screen.findByRole<HTMLButtonElement>("button", { name: /^Apply/ });

describe("the YAML beside the canvas", () => {
	it("applies what is written as one edit that can be undone", async () => {
		const { store, write, commands, onUnapplied, text } = openYaml();
		write("trivy", "trivy fs .");
		await screen.findByText("scan, command: trivy → trivy fs .");
		await waitFor(() => expect(onUnapplied).toHaveBeenLastCalledWith(1));
		fireEvent.click(await applyButton());
		expect(commands()[0]).toBe("trivy fs .");
		await screen.findByText("Says what the canvas shows");
		act(() => void store.getState().undo());
		expect(commands()[0]).toBe("trivy");
		await waitFor(() => expect(text()).not.toContain("trivy fs"));
	});

	it("keeps every letter of somebody who types faster than the page is drawn", () => {
		const { view, text } = openYaml();
		act(() => {
			for (const letter of [..." fs ."]) {
				const at = text().indexOf("\n", text().indexOf("command: trivy"));
				view()?.dispatch({ changes: { from: at, insert: letter }, userEvent: "input.type" });
				fireEvent.focus(document.body);
			}
		});
		expect(text()).toContain("command: trivy fs .\n");
	});

	it("shows a mistake under its line, with line and column, and applies nothing of it", async () => {
		const { write, plan } = openYaml();
		write("    name: scan", "   name: scan");
		await screen.findByText(/^line 7, column \d+$/);
		const apply = await applyButton();
		expect(apply.disabled).toBe(true);
		fireEvent.keyDown(screen.getByLabelText("Release as YAML"), { key: "s", ctrlKey: true });
		expect(plan()).toBe(start);
	});

	it("offers the likely correction of a wrong reference, and makes it", async () => {
		const { write, text } = openYaml();
		write("steps.scan.output", "steps.scn.output");
		fireEvent.click(await screen.findByRole("button", { name: "Change to steps.scan.output.stdout" }));
		expect(text()).toContain("echo {{ steps.scan.output.stdout }}");
		await waitFor(() => expect(screen.queryByText(/There is no step/)).toBeNull());
	});

	it("follows the canvas while nothing is written", async () => {
		const { store, text } = openYaml();
		act(() => {
			store
				.getState()
				.apply("Change", (before) => setConfigField(before, { id: "scan", path: ["command"], value: "snyk" }, catalog));
		});
		await waitFor(() => expect(text()).toContain("command: snyk"));
	});

	it("keeps both what was written and what changed on the canvas meanwhile", async () => {
		const { store, write, commands } = openYaml();
		write("trivy", "trivy fs .");
		act(() => {
			store
				.getState()
				.apply("Change", (before) => setConfigField(before, { id: "tell", path: ["command"], value: "mail" }, catalog));
		});
		fireEvent.click(await applyButton());
		expect(commands()).toEqual(["trivy fs .", "mail"]);
	});

	it("keeps comments that were written until the canvas says something else", async () => {
		const { write, text } = openYaml();
		write("command: trivy", "command: trivy fs . # the images too");
		fireEvent.click(await applyButton());
		await screen.findByText("Says what the canvas shows");
		expect(text()).toContain("# the images too");
	});

	it("forgets what was written when it is discarded", async () => {
		const { write, text, plan, onUnapplied } = openYaml();
		write("trivy", "rm -rf");
		fireEvent.click(await screen.findByRole("button", { name: "Discard" }));
		expect(text()).toContain("command: trivy");
		expect(plan()).toBe(start);
		expect(onUnapplied).toHaveBeenLastCalledWith(0);
	});

	it("renames the workflow when its name is changed in the file", async () => {
		const { write, rename } = openYaml();
		write("name: Release", "name: Release it");
		fireEvent.click(await applyButton());
		await waitFor(() =>
			expect(rename).toHaveBeenCalledWith({ team: "acme", slug: "release", name: "Release it", description: "" }),
		);
	});

	it("shows what a dropped file would change, and leaves the plan alone until it is applied", async () => {
		const { drop, plan, commands } = openYaml();
		const file =
			"version: 1\nname: Release\nnodes:\n  - id: only\n    type: shell\n    name: Only\n    config:\n      command: ls\n";
		drop({ text: file });
		await screen.findByText("Only, scan, tell");
		expect(plan()).toBe(start);
		fireEvent.click(await applyButton());
		expect(commands()).toEqual(["ls"]);
	});

	it("leaves the steps that say the same as they are", async () => {
		const { write, plan } = openYaml();
		write("trivy", "trivy fs .");
		fireEvent.click(await applyButton());
		expect(plan().nodes[1]).toBe(start.nodes[1]);
	});
});
