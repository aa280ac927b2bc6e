// @vitest-environment happy-dom
import { EditorView } from "@codemirror/view";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { openInspector, typeInto, writeCode } from "./test-inspector";

afterEach(cleanup);

const plan = testPlan(
	[
		{ id: "test", config: { command: "npm test" } },
		{ id: "scan", config: { command: "trivy fs ." } },
		{ id: "call", type: "http-request", config: { url: "https://acme.dev" } },
		{ id: "ask", type: "llm", config: { prompt: "Sum up {{ steps.test.output.stdout }}" } },
		{ id: "when", type: "condition", config: { when: "steps.test.output.exitCode == 0" } },
	],
	["test>scan", "scan>call", "call>ask", "ask>when"],
);
const outputs = { test: { exitCode: 0, passed: 418, suites: [{ name: "cart" }] } };

const field = (name: string | RegExp) => screen.getByRole("textbox", { name });
const options = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

/** As somebody who has typed the whole text and stands at its end. */
function typeOn(name: string, text: string): HTMLElement {
	const input = field(name);
	typeInto(input, text);
	return input;
}

describe("completion", () => {
	it("opens on two braces, with what each value was last, and inserts with Enter", async () => {
		const { configOf, loaded } = openInspector(plan, { selected: ["call"], outputs });
		await loaded();
		typeOn("Address", "https://acme.dev/{{pas");
		expect(options()).toEqual(["steps.test.output.passednumber418"]);
		fireEvent.keyDown(field("Address"), { key: "Enter" });
		expect(configOf("call")).toMatchObject({ url: "https://acme.dev/{{ steps.test.output.passed }}" });
		expect(screen.queryByRole("listbox")).toBeNull();
	});

	it("moves with the arrows, closes with Escape, and tells which one is chosen", () => {
		openInspector(plan, { selected: ["call"] });
		const input = typeOn("Address", "{{std");
		const chosen = () => document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent;
		expect(chosen()).toMatch(/^steps\.test\.output\.stdout/);
		fireEvent.keyDown(input, { key: "ArrowDown" });
		expect(chosen()).toMatch(/^steps\.test\.output\.stderr/);
		fireEvent.keyDown(input, { key: "Escape" });
		expect(screen.queryByRole("listbox")).toBeNull();
	});

	it("says what is wrong with half a reference once it is closed, not while it is being written", () => {
		openInspector(plan, { selected: ["call"] });
		const input = typeOn("Address", "https://acme.dev/{{std");
		expect(screen.queryByLabelText("Error")).toBeNull();
		expect(input.getAttribute("aria-invalid")).toBeNull();
		fireEvent.keyDown(input, { key: "Escape" });
		expect(screen.getByLabelText("Error")).toBeDefined();
		expect(input.getAttribute("aria-invalid")).toBe("true");
	});

	it("offers credentials, and nothing that comes later", async () => {
		const { loaded } = openInspector(plan, { selected: ["call"], credentials: ["slack"] });
		await loaded();
		typeOn("Address", "{{ slack");
		expect(options()).toEqual(["secrets.slackstring"]);
		typeOn("Address", "{{ ask");
		expect(screen.queryAllByRole("option")).toEqual([]);
	});

	it("completes in a text of several lines, where references are chips", async () => {
		const { configOf, loaded } = openInspector(plan, { selected: ["ask"], outputs });
		await loaded();
		const prompt = await writeCode("Prompt", "Tests: {{ exit");
		fireEvent.keyDown(prompt, { key: "Enter" });
		expect(configOf("ask")).toMatchObject({ prompt: "Tests: {{ steps.test.output.exitCode }}" });
		expect(prompt.querySelector(".cm-reference")?.textContent).toBe("steps.test.output.exitCode");
	});

	it("writes paths without braces in CEL", async () => {
		const { configOf, loaded } = openInspector(plan, { selected: ["when"], outputs });
		await loaded();
		const when = await writeCode("When", "passed");
		fireEvent.keyDown(when, { key: "Tab" });
		expect(configOf("when")).toMatchObject({ when: "steps.test.output.passed" });
	});

	it("stays closed in code that is left as written", async () => {
		const code = testPlan(["test", { id: "py", type: "python", config: { code: "print(1)" } }], ["test>py"]);
		openInspector(code, { selected: ["py"] });
		await writeCode("Code", 'print("{{ st');
		expect(screen.queryByRole("listbox")).toBeNull();
	});
});

describe("a reference that is wrong", () => {
	it("is a problem on its field, and one click puts it right", async () => {
		const wrong = testPlan(
			[
				"scan",
				{ id: "ask", type: "llm", config: { prompt: "{{ steps.scan.output.stdout }} {{ steps.scn.output.stdout }}" } },
			],
			["scan>ask"],
		);
		const { configOf } = openInspector(wrong, { selected: ["ask"] });
		const prompt = await screen.findByRole("textbox", { name: "Prompt" });
		expect(screen.getByText(/There is no step with the id scn/)).toBeDefined();
		const chips = () =>
			[...prompt.querySelectorAll<HTMLElement>(".cm-reference")].map((chip) => "broken" in chip.dataset);
		expect(chips()).toEqual([false, true]);
		fireEvent.click(screen.getByRole("button", { name: "steps.scan.output.stdout" }));
		expect(configOf("ask")).toMatchObject({ prompt: "{{ steps.scan.output.stdout }} {{ steps.scan.output.stdout }}" });
		expect(screen.queryByText(/There is no step/)).toBeNull();
		await waitFor(() => expect(chips()).toEqual([false, false]));
	});

	it("is put right inside a value of a list of names and values", () => {
		const wrong = testPlan(
			[
				"scan",
				{
					id: "call",
					type: "http-request",
					config: { url: "https://a.dev", headers: { a: "1", b: "{{ steps.scn.output }}" } },
				},
			],
			["scan>call"],
		);
		const { configOf } = openInspector(wrong, { selected: ["call"] });
		fireEvent.click(screen.getByRole("button", { name: "steps.scan.output" }));
		expect(configOf("call")).toMatchObject({ headers: { a: "1", b: "{{ steps.scan.output }}" } });
	});
});

describe("the reference picker", () => {
	it("shows the values of the last run as a tree, and inserts into the field that was typed in", async () => {
		const { configOf } = openInspector(plan, { selected: ["call"], outputs });
		fireEvent.focus(field("Address"));
		fireEvent.click(screen.getAllByRole("button", { name: "References" })[0] ?? document.body);
		const picker = within(await screen.findByRole("complementary", { name: "References" }));
		fireEvent.click(await picker.findByRole("button", { name: /^test\s*3 values/ }));
		expect(picker.getByText("418")).toBeDefined();
		fireEvent.click(picker.getByRole("button", { name: "Insert steps.test.output.passed into Address" }));
		expect(configOf("call")?.url).toContain("{{ steps.test.output.passed }}");
	});

	it("finds a value by its name, however deep", async () => {
		openInspector(plan, { selected: ["call"], outputs });
		fireEvent.click(screen.getAllByRole("button", { name: "References" })[0] ?? document.body);
		const picker = within(await screen.findByRole("complementary", { name: "References" }));
		typeInto(picker.getByRole("searchbox", { name: "Find a value" }), "suites.0.name");
		expect(await picker.findByText('"cart"')).toBeDefined();
		expect(picker.queryByText("scan")).toBeNull();
	});

	it("tells how to see the output of a step that no run has shown", async () => {
		const { store } = openInspector(plan, { selected: ["call"], outputs });
		fireEvent.click(screen.getAllByRole("button", { name: "References" })[0] ?? document.body);
		const picker = within(await screen.findByRole("complementary", { name: "References" }));
		fireEvent.click(picker.getByRole("button", { name: /^scan\s*not known yet/ }));
		fireEvent.click(picker.getByRole("button", { name: "Try this step" }));
		expect(store.getState().selection.nodes).toEqual(["scan"]);
		expect(screen.getByRole("tab", { name: "Try" }).getAttribute("aria-selected")).toBe("true");
	});

	it("lets a value be dropped on a field: among text, or in the place of a number", () => {
		const { configOf } = openInspector(plan, { selected: ["ask"], outputs });
		const path = JSON.stringify(["steps", "test", "output", "passed"]);
		const dataTransfer = { types: ["application/x-weft-reference"], getData: () => path };
		fireEvent.drop(field("Max tokens"), { dataTransfer });
		expect(configOf("ask")).toMatchObject({ maxTokens: "{{ steps.test.output.passed }}" });
		expect(screen.queryByText(/Max tokens must be/)).toBeNull();
	});

	it("marks the field that would take what is dragged over it, until it leaves or is let go", () => {
		openInspector(plan, { selected: ["ask"], outputs });
		const value = { types: ["application/x-weft-reference"], getData: () => JSON.stringify(["run", "id"]) };
		const box = () => field("Max tokens").closest("[data-drop]");
		fireEvent.dragOver(field("Max tokens"), { dataTransfer: { types: ["Files"] } });
		expect(box()).toBeNull();
		fireEvent.dragOver(field("Max tokens"), { dataTransfer: value });
		expect(box()).not.toBeNull();
		fireEvent.dragLeave(field("Max tokens"), { relatedTarget: document.body });
		expect(box()).toBeNull();
		fireEvent.dragOver(field("Max tokens"), { dataTransfer: value });
		fireEvent.drop(field("Max tokens"), { dataTransfer: value });
		expect(box()).toBeNull();
	});
});

describe("the id of a step", () => {
	it("takes every reference along when it changes", () => {
		const { store, configOf } = openInspector(plan, { selected: ["test"] });
		typeInto(field("Id of the step"), "unit_tests");
		expect(configOf("ask")).toMatchObject({ prompt: "Sum up {{ steps.test.output.stdout }}" });
		fireEvent.blur(field("Id of the step"));
		expect(configOf("ask")).toMatchObject({ prompt: "Sum up {{ steps.unit_tests.output.stdout }}" });
		expect(configOf("when")).toMatchObject({ when: "steps.unit_tests.output.exitCode == 0" });
		expect(store.getState().selection.nodes).toEqual(["unit_tests"]);
		act(() => void store.getState().undo());
		expect(configOf("when")).toMatchObject({ when: "steps.test.output.exitCode == 0" });
	});

	it("says why another one cannot be taken, and keeps the old one", () => {
		const { store } = openInspector(plan, { selected: ["test"] });
		typeInto(field("Id of the step"), "scan");
		expect(screen.getByText("“scan” has the id scan. Choose another one.")).toBeDefined();
		fireEvent.blur(field("Id of the step"));
		expect(field("Id of the step")).toHaveProperty("value", "test");
		expect(store.getState().plan).toBe(plan);
	});
});

it("lets a chip be opened to change its path", async () => {
	openInspector(plan, { selected: ["ask"], outputs });
	const prompt = await screen.findByRole("textbox", { name: "Prompt" });
	const chip = prompt.querySelector(".cm-reference");
	if (chip) fireEvent.mouseDown(chip);
	expect(prompt.textContent).toContain("{{ steps.test.output.stdout }}");
	await waitFor(() => expect(options()[0]).toMatch(/^steps\.test\.output\.stdout/));
	expect(EditorView.findFromDOM(prompt)?.state.selection.main.empty).toBe(true);
});
