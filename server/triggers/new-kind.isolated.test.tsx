// @vitest-environment happy-dom

import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { describeCause, describeTrigger } from "@/components/canvas/drawing/describe-trigger";
import { TriggerRow } from "@/components/canvas/nodes/trigger-row";
import { openInspector } from "@/components/editor/inspector/test-inspector";
import { TriggerList } from "@/components/editor/inspector/workflow/trigger-list";
import { Triggers } from "@/components/editor/panels/publish/publish-parts";
import { PlanThumbnail } from "@/components/workflows/list/plan-thumbnail";
import { TriggerIcons } from "@/components/workflows/list/trigger-icons";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { addTrigger } from "../plan/edits/set-plan-fields";
import { planSchema } from "../plan/plan";
import { validatePlan } from "../plan/validate/validate-plan";
import { parseWorkflowYaml, stringifyWorkflow } from "../plan/yaml/plan-yaml";
import { keyOfTrigger, startsOf } from "./catalog";
import { signalConfigSchema, signalDefinition } from "./signal.fixture/definition";

vi.mock("./catalog", async (importOriginal) => {
	const { addDefinition } = await import("./new-kind.fixture");
	return addDefinition(await importOriginal<typeof import("./catalog")>());
});
afterEach(cleanup);

const signal = signalConfigSchema.parse({ type: "signal", id: "tower", path: "/build" });
const plan = testPlan([{ id: "say", name: "Say", config: { command: "echo" } }], [], {
	triggers: [signal],
});
const globe = () => document.querySelector(".lucide-globe");

it("is read from a plan, and refused without what it needs", () => {
	expect(plan.triggers).toEqual([signal]);
	expect(planSchema.safeParse({ ...plan, triggers: [{ type: "signal" }] }).success).toBe(false);
	expect(planSchema.safeParse({ ...plan, triggers: [{ type: "unheard" }] }).success).toBe(false);
});

it("stands beside another that is added, and beside one more of its own under an id of its own", () => {
	const second = addTrigger(plan, signal as never);
	expect(second.triggers.map(keyOfTrigger)).toEqual(["tower", "tower_2"]);
	const added = addTrigger(plan, { type: "manual" });
	expect(added.triggers).toEqual([...plan.triggers, { type: "manual" }]);
	expect(addTrigger(added, { type: "manual" })).toBe(added);
});

it("comes back from YAML with its settings", () => {
	const yaml = stringifyWorkflow({ name: "Build", description: "", plan });
	expect(yaml).toContain("path: /build");
	expect(parseWorkflowYaml(yaml).file?.plan.triggers).toEqual(plan.triggers);
});

it("has its row on the canvas and its icon in the small picture", () => {
	render(<TriggerRow look={describeTrigger(signal as never, 2)} />);
	expect(screen.getByText("Signal")).toBeDefined();
	expect(screen.getByText("a request to /build")).toBeDefined();
	expect(globe()).not.toBeNull();
	cleanup();
	render(<PlanThumbnail plan={plan} />);
	expect(globe()).not.toBeNull();
});

it("is offered in the workflow's panel, and listed once it is there", () => {
	const onAdd = vi.fn();
	const { rerender } = render(<TriggerList triggers={[{ type: "manual" }]} onAdd={onAdd} onOpen={vi.fn()} />);
	fireEvent.click(screen.getByRole("button", { name: "Start on a request" }));
	expect(onAdd).toHaveBeenCalledWith(signalDefinition.add.trigger);
	rerender(<TriggerList triggers={plan.triggers} onAdd={onAdd} onOpen={vi.fn()} />);
	expect(screen.getByText("to an address of its own")).toBeDefined();
	expect(screen.getByRole("button", { name: "Start on a request" })).toBeDefined();
	expect(screen.getByRole("button", { name: "Allow starting by hand" })).toBeDefined();
});

it("has a form that its schema describes: what does not fit stays in its field, with the reason", async () => {
	const { store } = openInspector(plan, { answers: ANSWERS });
	fireEvent.click(screen.getByRole("button", { name: /By a signal/ }));
	expect(await screen.findByText("Signals come from the tower.")).toBeDefined();
	const written = () => store.getState().plan.triggers[0];
	const type = (name: string, value: string) =>
		fireEvent.change(screen.getByRole("textbox", { name }), { target: { value } });
	expect(screen.queryByRole("textbox", { name: "Within seconds" })).toBeNull();
	fireEvent.click(screen.getByRole("radio", { name: "High" }));
	type("Within seconds", "61");
	expect(screen.getByText("Within seconds must be at most 60.")).toBeDefined();
	type("Within seconds", "7");
	fireEvent.click(screen.getByRole("switch", { name: "Loud ones only" }));
	type("Path", "build");
	expect(screen.getByText("Begin the path with a slash.")).toBeDefined();
	type("Path", "");
	expect(screen.getByText("Enter the path.")).toBeDefined();
	type("Path", "/ship");
	type("Only when", "trigger.body.size >");
	expect(written()).toEqual({
		...signal,
		...{ level: "high", seconds: 7, isLoud: true, path: "/ship", filter: "trigger.body.size >" },
	});
	expect(validatePlan(store.getState().plan, { definitions: catalog })).toMatchObject([
		{ field: "triggers.0.filter", message: expect.stringMatching(/^Signal tower: /) },
	]);
	type("Only when", "");
	fireEvent.keyDown(screen.getByRole("combobox", { name: "Token" }), { key: "Enter" });
	fireEvent.keyDown(await screen.findByRole("option", { name: "slack" }), { key: "Enter" });
	expect(written()).toMatchObject({ token: "slack" });
	expect(written()).not.toHaveProperty("filter");
});

const ANSWERS = {
	"triggers.list": () => [],
	"triggers.deliveries": () => ({ items: [] }),
	"triggers.testEvents": () => [],
};

it("is named before a version is published, as new or as before", () => {
	const { rerender } = render(<Triggers plan={plan} before={undefined} version={2} />);
	expect(screen.getByText("Signal").closest("li")?.textContent).toBe("Signala request to /buildnew");
	rerender(<Triggers plan={plan} before={plan} version={2} />);
	expect(screen.getByText("as before")).toBeDefined();
});

it("is named in the lists of workflows and of runs, and on a phone", () => {
	render(<TriggerIcons types={["manual", "signal", "unheard"]} />);
	expect(screen.getAllByRole("img").map((icon) => icon.getAttribute("aria-label"))).toEqual(["By hand", "By a signal"]);
	expect(describeCause("signal").name).toBe("By a signal");
	expect(describeCause("try").name).toBe("try");
	expect(startsOf([{ type: "manual" }, ...plan.triggers], 1)).toBe("by hand, with a form or on a request");
});
