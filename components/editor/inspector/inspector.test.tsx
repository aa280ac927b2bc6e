// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { openInspector, typeInto, writeCode } from "./test-inspector";

afterEach(cleanup);

const field = (name: string | RegExp) => screen.getByRole("textbox", { name });
const button = (name: string | RegExp) => screen.getByRole("button", { name });

function openStep(type: string, config: Record<string, unknown>, options = {}) {
	return openInspector(testPlan(["build", { id: "step", type, config }], ["build>step"]), {
		selected: ["step"],
		...options,
	});
}

describe("fields of one line", () => {
	it("write text as it is typed, as one edit that can be undone", () => {
		const { store, configOf } = openStep("http-request", { url: "https://acme.dev/health" });
		typeInto(field("Address"), "https://acme.dev/");
		typeInto(field("Address"), "https://acme.dev/up");
		expect(configOf("step")).toMatchObject({ url: "https://acme.dev/up" });
		act(() => void store.getState().undo());
		expect(field("Address")).toHaveProperty("value", "https://acme.dev/health");
	});

	it("read numbers, and say at the field when it is none", () => {
		const { configOf } = openStep("llm", { prompt: "Hi", maxTokens: 1024 });
		expect(field("Max tokens")).toHaveProperty("value", "1,024");
		typeInto(field("Max tokens"), "many");
		expect(screen.getByText("Max tokens must be a number.")).toBeDefined();
		expect(field("Max tokens").getAttribute("aria-invalid")).toBe("true");
		typeInto(field("Max tokens"), "2,048");
		expect(configOf("step")).toMatchObject({ maxTokens: 2_048 });
		expect(screen.queryByText("Max tokens must be a number.")).toBeNull();
	});

	it("read durations as seconds, and write them out when the field is left", () => {
		const { configOf } = openStep("delay", { seconds: 30 });
		typeInto(field("Wait for"), "90 min");
		expect(configOf("step")).toEqual({ seconds: 5_400 });
		fireEvent.blur(field("Wait for"));
		expect(field("Wait for")).toHaveProperty("value", "1 h 30 min");
		typeInto(field("Wait for"), "");
		expect(configOf("step")).toEqual({});
	});

	it("take a model from the usual ones or any other name", () => {
		const { configOf } = openStep("llm", { prompt: "Hi", provider: "anthropic" });
		typeInto(field("Model"), "claude-next");
		expect(configOf("step")).toMatchObject({ model: "claude-next" });
	});

	it("offer the models of the provider, and say which one is asked while none is named", () => {
		openStep("llm", { prompt: "Hi", provider: "openai" });
		expect(field("Model")).toHaveProperty("placeholder", "gpt-5-mini");
		fireEvent.keyDown(button("Choose a model"), { key: "Enter" });
		const offered = screen.getAllByRole("menuitemradio").map(({ textContent }) => textContent);
		expect(offered).toEqual(["gpt-5", "gpt-5-mini"]);
	});
});

describe("choices", () => {
	it("of several are ticked, each once and with what it does, and what is no option can be taken away", () => {
		const { configOf } = openStep("agent", { prompt: "Look", tools: ["shell", "telnet", "shell"] });
		const box = (name: string) => screen.getByRole("checkbox", { name });
		expect(within(screen.getByRole("group", { name: "Tools" })).getAllByRole("checkbox")).toHaveLength(15);
		expect(box("Shell").getAttribute("aria-checked")).toBe("true");
		const help = document.getElementById(box("Logs").getAttribute("aria-describedby") ?? "");
		expect(help?.textContent).toBe("Searches logs in Loki.");
		fireEvent.click(box("Read files"));
		expect(configOf("step")).toMatchObject({ tools: ["read_file", "shell", "telnet"] });
		fireEvent.click(box("Telnet"));
		fireEvent.click(box("Shell"));
		expect(configOf("step")).toMatchObject({ tools: ["read_file"] });
	});

	it("of several that a reference makes stay text, with the way back to the boxes", () => {
		const { configOf } = openStep("agent", { prompt: "Look", tools: "{{ inputs.tools }}" });
		expect(field("Tools")).toHaveProperty("value", "{{ inputs.tools }}");
		fireEvent.click(button("Choose an option instead"));
		expect(configOf("step")).not.toHaveProperty("tools");
		expect(screen.getByRole("checkbox", { name: "Git" })).toBeDefined();
	});

	it("write the option, and show the fields that it gives a meaning", () => {
		const { configOf } = openStep("llm", { prompt: "Hi" });
		expect(screen.queryByRole("textbox", { name: "Model" })).toBeNull();
		fireEvent.keyDown(screen.getByRole("combobox", { name: "Provider" }), { key: "Enter" });
		fireEvent.keyDown(screen.getByRole("option", { name: "Anthropic" }), { key: "Enter" });
		expect(configOf("step")).toMatchObject({ provider: "anthropic" });
		expect(field("Model")).toBeDefined();
	});

	it("leave what a reference decides as text, with the way back", () => {
		const { configOf } = openStep("llm", { prompt: "Hi", provider: "{{ inputs.provider }}" });
		expect(field("Provider")).toHaveProperty("value", "{{ inputs.provider }}");
		fireEvent.click(button("Choose an option instead"));
		expect(configOf("step")).toEqual({ prompt: "Hi" });
	});

	it("ask for a sign-in, and explain a base, as the action of a Git step needs it", () => {
		openStep("git", { action: "ensure branch", branch: "next" });
		expect(screen.getByText(/^Where the branch begins/)).toBeDefined();
		expect(screen.queryByRole("radiogroup", { name: "Sign in with" })).toBeNull();
		typeInto(field("Repository"), "https://git.acme.dev/site.git");
		expect(screen.getByRole("radiogroup", { name: "Sign in with" })).toBeDefined();
		fireEvent.keyDown(screen.getByRole("combobox", { name: "Action" }), { key: "Enter" });
		fireEvent.keyDown(screen.getByRole("option", { name: "Diff" }), { key: "Enter" });
		expect(screen.getByText(/^What the changes are compared with/)).toBeDefined();
	});

	it("switch a yes or no", () => {
		const { configOf } = openStep("http-request", { url: "https://acme.dev" });
		fireEvent.click(screen.getByRole("switch", { name: /Fail on an unexpected status/ }));
		expect(configOf("step")).toMatchObject({ failOnStatus: false });
	});
});

describe("lists", () => {
	it("add, change and remove entries, with problems at the entry", () => {
		const { configOf } = openStep("approval", { message: "Go?", approvers: ["admin"] });
		const list = within(screen.getByRole("group", { name: "Who may decide" }));
		fireEvent.click(list.getByRole("button", { name: "Add an entry" }));
		typeInto(list.getByRole("textbox", { name: "Who may decide, entry 2" }), "nobody");
		expect(list.getByText("Enter an e-mail address, or a role such as admin.")).toBeDefined();
		typeInto(list.getByRole("textbox", { name: "Who may decide, entry 2" }), "ann@acme.dev");
		expect(configOf("step")).toMatchObject({ approvers: ["admin", "ann@acme.dev"] });
		fireEvent.click(list.getByRole("button", { name: "Remove entry 1" }));
		expect(configOf("step")).toMatchObject({ approvers: ["ann@acme.dev"] });
	});

	it("of objects keep the edge of a case that is renamed", async () => {
		const cases = [{ name: "bug", when: "true" }];
		const plan = testPlan(["fix", { id: "step", type: "switch", config: { cases } }], ["step.case:bug>fix"]);
		const { store, configOf } = openInspector(plan, { selected: ["step"] });
		typeInto(field("Name"), "defect");
		expect(store.getState().plan.edges).toMatchObject([{ port: "case:defect" }]);
		fireEvent.click(button("Add a case"));
		expect(configOf("step")).toMatchObject({ cases: [{ name: "defect" }, { name: "" }] });
	});
});

describe("a condition", () => {
	it("is built from fields, and says as an expression what it says in fields", async () => {
		const { configOf, store } = openStep("condition", {});
		typeInto(field("Rule 1, value"), "{{ steps.build.output.exitCode }}");
		typeInto(field("Rule 1, compare with"), "0");
		expect(configOf("step")).toEqual({
			rules: [{ left: "{{ steps.build.output.exitCode }}", operator: "equals", right: "0" }],
		});
		expect(screen.queryByRole("radiogroup", { name: "True when" })).toBeNull();
		fireEvent.click(button("Add a rule"));
		typeInto(field("Rule 2, value"), "{{ steps.build.output.stdout }}");
		typeInto(field("Rule 2, compare with"), "ok");
		fireEvent.click(screen.getByRole("radio", { name: "Any of them" }));
		fireEvent.click(button("Write as expression"));
		expect(configOf("step")).toEqual({
			when: 'steps.build.output.exitCode == 0 || steps.build.output.stdout == "ok"',
		});
		expect(await screen.findByRole("textbox", { name: "When" })).toBeDefined();
		await writeCode("When", "size(steps.build.output.stdout) > 2");
		expect(screen.queryByRole("button", { name: "Build from fields" })).toBeNull();
		await writeCode("When", "");
		expect(configOf("step")).toEqual({ when: "" });
		act(() => void store.getState().undo());
		fireEvent.click(button("Build from fields"));
		expect(configOf("step")).toMatchObject({ match: "any", rules: [{ right: 0 }, { right: "ok" }] });
		fireEvent.click(button("Remove rule 1"));
		expect(configOf("step")).toMatchObject({ rules: [{ right: "ok" }] });
	});
});

describe("a switch", () => {
	it("compares one value with each case, or has an expression in each", () => {
		const { configOf } = openStep("switch", { value: "{{ inputs.kind }}", cases: [{ name: "bug", equals: "bug" }] });
		expect(field("Equals")).toBeDefined();
		expect(screen.queryByRole("textbox", { name: "When" })).toBeNull();
		fireEvent.click(button("Write expressions instead"));
		expect(configOf("step")).toEqual({ cases: [{ name: "bug", when: 'inputs.kind == "bug"' }] });
		fireEvent.click(button("Add a case"));
		expect(configOf("step")).toMatchObject({ cases: [{ name: "bug" }, { name: "", when: "" }] });
		fireEvent.click(button("Compare one value instead"));
		expect(configOf("step")).toEqual({
			value: "{{ inputs.kind }}",
			cases: [{ name: "bug", equals: "bug" }, { name: "" }],
		});
	});
});

describe("names and values", () => {
	it("keep their order while a name is typed, and never overwrite another entry", () => {
		const { configOf } = openStep("shell", { command: "ls", env: { A: "1", B: "2" } });
		const [first] = screen.getAllByRole("textbox", { name: "Name in environment" });
		if (first) typeInto(first, "B");
		expect(configOf("step")).toMatchObject({ env: { A: "1", B: "2" } });
		if (first) typeInto(first, "BC");
		expect(Object.keys(Object(configOf("step")?.env))).toEqual(["BC", "B"]);
	});

	it("write text as text and, when asked, as JSON", () => {
		const { configOf } = openStep("transform", { code: "return 1", input: { n: "3" } });
		fireEvent.click(button("Write as JSON"));
		expect(configOf("step")).toMatchObject({ input: { n: 3 } });
		typeInto(field("Value of n"), "[1,");
		typeInto(field("Value of n"), "[1, 2]");
		expect(configOf("step")).toMatchObject({ input: { n: [1, 2] } });
	});

	it("add and remove entries", () => {
		const { configOf } = openStep("http-request", { url: "https://acme.dev" });
		const headers = within(screen.getByRole("group", { name: "Headers" }));
		fireEvent.click(headers.getByRole("button", { name: "Add a value" }));
		typeInto(headers.getByRole("textbox", { name: "Name in headers" }), "accept");
		typeInto(headers.getByRole("textbox", { name: "Value of accept" }), "text/html");
		expect(configOf("step")).toMatchObject({ headers: { accept: "text/html" } });
		fireEvent.click(headers.getByRole("button", { name: "Remove accept" }));
		expect(configOf("step")).toMatchObject({ headers: {} });
	});
});

describe("texts of several lines", () => {
	it("write code as it is typed", async () => {
		const { configOf } = openStep("shell", { command: "ls" });
		await writeCode("Command", "npm test");
		expect(configOf("step")).toMatchObject({ command: "npm test" });
	});

	it("follow the plan when it changes elsewhere", async () => {
		const { store } = openStep("shell", { command: "ls" });
		const editor = await writeCode("Command", "npm test");
		act(() => void store.getState().undo());
		await waitFor(() => expect(editor.textContent).toBe("ls"));
	});

	it("say what is wrong with an expression, at its field", async () => {
		openStep("condition", { when: "true" });
		await writeCode("When", "steps.build.output.exitCode = 0");
		expect(screen.getByText(/^Column 29: /)).toBeDefined();
	});

	it("keep the text of a file as it is typed, and read it as a value where JSON is written", async () => {
		const { configOf } = openStep("files", { action: "write", path: "a.json" });
		for (const text of ["1.0", '{\n    "name": "site"\n}\n']) {
			await writeCode("Content", text);
			expect(configOf("step")).toMatchObject({ content: text });
		}
		fireEvent.click(screen.getByRole("radio", { name: "JSON" }));
		await writeCode("Content", '{ "name": "shop" }');
		expect(configOf("step")).toMatchObject({ contentType: "json", content: { name: "shop" } });
	});

	it("read JSON as a value and other text as text", async () => {
		const { configOf } = openStep("for-each", { items: ["eu"] });
		await writeCode("Items", '["eu", "us"]');
		expect(configOf("step")).toMatchObject({ items: ["eu", "us"] });
		await writeCode("Items", "{{ inputs.regions }}");
		expect(configOf("step")).toMatchObject({ items: "{{ inputs.regions }}" });
		await writeCode("Items", "[1,");
		expect(screen.getByText(/This is no JSON yet/)).toBeDefined();
	});
});

describe("schemas and forms", () => {
	it("build a JSON schema from rows", () => {
		const { configOf } = openStep("llm", { prompt: "Hi" });
		fireEvent.click(button("Add a field"));
		typeInto(field("Name of the field"), "notes");
		expect(configOf("step")?.jsonSchema).toEqual({
			type: "object",
			properties: { notes: { type: "string" } },
			required: ["notes"],
			additionalProperties: false,
		});
		fireEvent.click(screen.getByRole("checkbox", { name: "notes is required" }));
		expect(configOf("step")?.jsonSchema).toMatchObject({ required: [] });
		fireEvent.click(button("Remove notes"));
		expect(configOf("step")).not.toHaveProperty("jsonSchema");
	});

	it("say that nobody is mailed where the server sends no mail, once somebody is named", () => {
		openStep("approval", { message: "Go?" });
		expect(screen.queryByText(/sends no mail/)).toBeNull();
		cleanup();
		openStep("approval", { message: "Go?", mailTo: ["ada@example.com"] });
		expect(screen.getByText(/This server sends no mail, so nobody gets it/)).toBeTruthy();
	});

	it("build the questions of an approval", () => {
		const { configOf } = openStep("approval", { message: "Go?" });
		fireEvent.click(button("Add a question"));
		const form = within(screen.getByRole("group", { name: "Form" }));
		typeInto(form.getByRole("textbox", { name: "Name" }), "reason");
		typeInto(form.getByRole("textbox", { name: "Label" }), "Why?");
		fireEvent.click(form.getByRole("switch", { name: "Required" }));
		expect(configOf("step")).toMatchObject({
			fields: [{ name: "reason", label: "Why?", type: "text", required: true }],
		});
		typeInto(form.getByRole("textbox", { name: "Name" }), "Not a name");
		expect(form.getByText(/Use lower-case letters/)).toBeDefined();
	});
});

describe("what a type does not know", () => {
	it("is shown as it is, with its problem and the way to remove it", () => {
		const { configOf } = openStep("shell", { command: "ls", colour: "red" });
		expect(screen.getByText(/has no field colour/)).toBeDefined();
		fireEvent.click(button("Remove colour"));
		expect(configOf("step")).toEqual({ command: "ls" });
	});
});
