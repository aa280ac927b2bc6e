// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "@/components/trpc/test-frame";
import { testPlan } from "@/server/plan/test-plan";
import { openInspector, typeInto, writeCode } from "./test-inspector";

afterEach(cleanup);
beforeEach(() => localStorage.clear());

const field = (name: string | RegExp) => screen.getByRole("textbox", { name });
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const tab = (name: string) => fireEvent.mouseDown(screen.getByRole("tab", { name }));

describe("when a step fails", () => {
	const plan = testPlan(["build"], []);

	it("gets a policy with its second attempt and loses it with its last but one", () => {
		const { node } = openInspector(plan, { selected: ["build"] });
		typeInto(field("Attempts"), "3");
		expect(node("build")?.retry).toMatchObject({ maxAttempts: 3, backoff: "exponential", delaySeconds: 2 });
		typeInto(field("First wait"), "1 min");
		expect(node("build")?.retry).toMatchObject({ delaySeconds: 60 });
		typeInto(field("Attempts"), "1");
		expect(node("build")?.retry).toBeUndefined();
	});

	it("keeps what a plan cannot hold out of it, and says what would fit", () => {
		const { node } = openInspector(plan, { selected: ["build"] });
		typeInto(field("Attempts"), "99");
		expect(screen.getByText("Enter a number from 1 to 20.")).toBeDefined();
		typeInto(field("Timeout"), "soon");
		expect(screen.getByText("Enter a time up to a week, such as 60 s.")).toBeDefined();
		expect(node("build")).toEqual(plan.nodes[0]);
	});

	it("stops, goes on or takes a branch", () => {
		const { node } = openInspector(plan, { selected: ["build"] });
		fireEvent.click(screen.getByRole("radio", { name: "Branch" }));
		expect(node("build")?.onFailure).toBe("branch");
	});
});

describe("the step itself", () => {
	it("is renamed as it is typed; an empty name is refused", () => {
		const { node } = openInspector(testPlan(["build"], []), { selected: ["build"] });
		typeInto(field("Name of the step"), "Build it");
		expect(node("build")?.name).toBe("Build it");
		typeInto(field("Name of the step"), "");
		expect(field("Name of the step").getAttribute("aria-invalid")).toBe("true");
		expect(node("build")?.name).toBe("Build it");
	});

	it("takes its id along once its name is whole, as one edit that leaves the panel as it is", () => {
		const { node, store, configOf } = openInspector(
			testPlan(
				[
					{ id: "shell", name: "Shell" },
					{ id: "after", config: { command: "{{ steps.shell.output.stdout }}" } },
				],
				["shell>after"],
			),
			{ selected: ["shell"] },
		);
		const name = field("Name of the step");
		typeInto(name, "Dump");
		typeInto(name, "Dump database");
		expect(node("shell")?.name).toBe("Dump database");
		fireEvent.blur(name);
		expect(node("dump_database")?.name).toBe("Dump database");
		expect(configOf("after")).toEqual({ command: "{{ steps.dump_database.output.stdout }}" });
		expect(store.getState().selection.nodes).toEqual(["dump_database"]);
		expect(field("Id of the step")).toHaveProperty("value", "dump_database");
		expect(name.isConnected).toBe(true);
		act(() => void store.getState().undo());
		expect(node("shell")?.name).toBe("Shell");
		expect(store.getState().selection.nodes).toEqual(["shell"]);
	});

	it("keeps an id that somebody edited, whatever its name becomes", () => {
		const { node } = openInspector(testPlan([{ id: "db", name: "Dump database" }], []), { selected: ["db"] });
		typeInto(field("Name of the step"), "Fetch users");
		fireEvent.blur(field("Name of the step"));
		expect(node("db")?.name).toBe("Fetch users");
	});

	it("has its id follow also when another step is opened without leaving the field", () => {
		const { node, store } = openInspector(testPlan([{ id: "shell", name: "Shell" }, "other"], []), {
			selected: ["shell"],
		});
		typeInto(field("Name of the step"), "Dump database");
		act(() => store.getState().select({ nodes: ["other"] }));
		expect(node("dump_database")).toBeDefined();
		expect(store.getState().selection.nodes).toEqual(["other"]);
	});

	it("asks what follows a failure only where it can fail, and once for a container", () => {
		const section = () => screen.queryByRole("region", { name: "When it fails" });
		const plan = testPlan(
			[
				{ id: "say", type: "comment", config: { text: "Hi" } },
				{ id: "each", type: "for-each", config: { items: [1], onItemFailure: "continue" } },
				{ id: "old", type: "comment", config: { text: "Hi" }, timeoutSeconds: 5 },
			],
			[],
		);
		const { store } = openInspector(plan, { selected: ["say"] });
		expect(section()).toBeNull();
		act(() => store.getState().select({ nodes: ["old"] }));
		expect(section()).not.toBeNull();
		act(() => store.getState().select({ nodes: ["each"] }));
		expect(screen.getAllByText(/fails$/).map((label) => label.textContent)).toEqual([
			"When it fails",
			"When an item fails",
		]);
		expect(screen.getByRole("combobox", { name: "When an item fails" }).textContent).toBe(
			"Continue with the other items",
		);
		expect(screen.queryByRole("textbox", { name: "Attempts" })).toBeNull();
	});

	it("can be enabled again where it is disabled", () => {
		const { node } = openInspector(testPlan([{ id: "build", disabled: true }], []), { selected: ["build"] });
		fireEvent.click(button("Enable"));
		expect(node("build")?.disabled).toBeUndefined();
	});

	it("waits for all branches or for the first where several meet", () => {
		const { node } = openInspector(testPlan(["a", "b", "c"], ["a>c", "b>c"]), { selected: ["c"] });
		fireEvent.click(screen.getByRole("radio", { name: "The first" }));
		expect(node("c")?.join).toBe("any");
	});

	it("is one of several that are selected", () => {
		const { store } = openInspector(testPlan(["a", "b"], []), { selected: ["a", "b"] });
		expect(screen.getByRole("heading", { name: "2 steps" })).toBeDefined();
		fireEvent.click(button(/^b/));
		expect(store.getState().selection.nodes).toEqual(["b"]);
	});
});

describe("the workflow, while no step is selected", () => {
	it("declares inputs; what is no input yet stays out of the plan, with the reason", () => {
		const { store } = openInspector(testPlan(["build"], []));
		fireEvent.click(button("Add an input"));
		expect(store.getState().plan.inputs).toEqual([{ name: "input", type: "text", required: false }]);
		typeInto(field("Name"), "Branch name");
		expect(screen.getByText(/Use lower-case letters/)).toBeDefined();
		expect(store.getState().plan.inputs).toMatchObject([{ name: "input" }]);
		typeInto(field("Name"), "branch");
		typeInto(field("Label"), "Branch");
		expect(store.getState().plan.inputs).toMatchObject([{ name: "branch", label: "Branch" }]);
	});

	it("forgets what could not be written when the inputs change elsewhere", () => {
		const { store } = openInspector(testPlan(["build"], []));
		fireEvent.click(button("Add an input"));
		typeInto(field("Name"), "Not a name");
		act(() => void store.getState().undo());
		expect(screen.queryByText(/Use lower-case letters/)).toBeNull();
	});

	it("has limits", () => {
		const { store } = openInspector(testPlan(["build"], []));
		typeInto(field("Run timeout"), "2 h");
		typeInto(field("Spending limit per run ($)"), "$0.5");
		typeInto(field("Runs at the same time"), "2");
		typeInto(field("Count by"), "{{ inputs.branch }}");
		expect(store.getState().plan.settings).toEqual({
			timeoutSeconds: 7_200,
			budgetUsd: 0.5,
			concurrency: { limit: 2, policy: "queue", key: "{{ inputs.branch }}" },
		});
		typeInto(field("Runs at the same time"), "0");
		expect(screen.getByText("Enter a number from 1 to 1,000.")).toBeDefined();
		typeInto(field("Runs at the same time"), "");
		expect(store.getState().plan.settings).not.toHaveProperty("concurrency");
	});
});

describe("what a step read and put out last", () => {
	const plan = testPlan(["build", "later"], ["build>later"]);

	it("stands in tabs beside the form, and can be pinned and unpinned", async () => {
		const pin = vi.fn();
		const unpin = vi.fn();
		const answers = { "workflows.pin": pin, "workflows.unpin": unpin };
		const { loaded } = openInspector(plan, { selected: ["build"], outputs: { build: { passed: 418 } }, answers });
		await loaded();
		tab("Output");
		expect(screen.getByText("418")).toBeDefined();
		fireEvent.click(button("Pin as output"));
		await screen.findByText("pinned");
		expect(pin).toHaveBeenCalledWith({ team: "acme", slug: "release", node: "build", output: { passed: 418 } });
		fireEvent.click(button("Unpin"));
		await waitFor(() => expect(screen.queryByText("pinned")).toBeNull());
		expect(unpin).toHaveBeenCalledWith({ team: "acme", slug: "release", node: "build" });
	});

	it("says how to see it while no run has shown it", async () => {
		const { loaded } = openInspector(plan, { selected: ["build"] });
		await loaded();
		tab("Input");
		fireEvent.click(await screen.findByRole("button", { name: "try this step" }));
		expect(button("Try this step")).toBeDefined();
	});

	it("can be read again when the server did not answer", async () => {
		let isUp = false;
		const outputs = () => {
			if (!isUp) throw new Refusal(400, "Not now.");
			return { lastRun: null, steps: {} };
		};
		openInspector(plan, { selected: ["build"], answers: { "runs.lastOutputs": outputs } });
		tab("Output");
		await screen.findByText("Not now.");
		isUp = true;
		fireEvent.click(button("Try again"));
		await screen.findByText(/This step has no output yet/);
	});
});

describe("trying a step", () => {
	const plan = {
		...testPlan(
			["build", { id: "ask", type: "llm", config: { prompt: "{{ inputs.note }} {{ steps.build.output.log }}" } }],
			["build>ask"],
		),
		inputs: [{ name: "note", type: "text" as const, required: false, default: "Hotfix" }],
	};
	const outputs = { build: { log: "green" } };

	it("saves the draft first, then runs the step on what is known", async () => {
		const attempt = vi.fn(() => {
			throw new Refusal(400, "The runner is busy. Try again.");
		});
		const { loaded, saveNow } = openInspector(plan, { selected: ["ask"], outputs, answers: { "steps.try": attempt } });
		await loaded();
		tab("Try");
		expect(screen.getByText("Every reference has a value.")).toBeDefined();
		fireEvent.click(button("Try this step"));
		await screen.findByText("The runner is busy. Try again.");
		expect(saveNow).toHaveBeenCalledOnce();
		expect(attempt).toHaveBeenCalledWith({
			team: "acme",
			slug: "release",
			node: "ask",
			revision: 7,
			scope: {},
			requestId: expect.any(String),
		});
	});

	it("sends what somebody wrote in its place, keeps it in this browser, and forgets it when told", async () => {
		const attempt = vi.fn(() => {
			throw new Refusal(400, "No.");
		});
		const { loaded } = openInspector(plan, { selected: ["ask"], outputs, answers: { "steps.try": attempt } });
		await loaded();
		tab("Try");
		await writeCode(
			"Input",
			'{ "inputs": { "note": "mine" }, "steps": { "build": { "output": { "log": "green" } } } }',
		);
		expect(screen.getByText("pinned")).toBeDefined();
		fireEvent.click(button("Try this step"));
		await screen.findByText("No.");
		expect(attempt).toHaveBeenCalledWith(expect.objectContaining({ scope: { inputs: { note: "mine" } } }));
		expect(localStorage.getItem("weft-try-acme/release")).toContain("mine");
		fireEvent.click(button("Unpin"));
		expect(screen.queryByText("pinned")).toBeNull();
		expect(localStorage.getItem("weft-try-acme/release")).toBeNull();
	});

	it("names what nobody has shown yet", async () => {
		const { loaded } = openInspector(plan, { selected: ["ask"] });
		await loaded();
		tab("Try");
		expect(screen.getByText("Enter a value for steps.build.output.log.")).toBeDefined();
	});

	it("waits until the step's own problems are corrected", async () => {
		const wrong = testPlan([{ id: "ask", type: "llm", config: { prompt: "" } }], []);
		openInspector(wrong, { selected: ["ask"] });
		tab("Try");
		expect(button("Try this step")).toHaveProperty("disabled", true);
		expect(within(screen.getByRole("tabpanel")).getByText("Fix its problems first.")).toBeDefined();
	});

	it("is not started with an input that cannot be read", async () => {
		const { loaded } = openInspector(plan, { selected: ["ask"], outputs });
		await loaded();
		tab("Try");
		await writeCode("Input", "{ note: ");
		expect(screen.getByText("This is not a JSON object. Fix it, or unpin it.")).toBeDefined();
		expect(button("Try this step")).toHaveProperty("disabled", true);
	});
});
