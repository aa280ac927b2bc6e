// @vitest-environment happy-dom

import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { describeCause, describeTrigger } from "@/components/canvas/drawing/describe-trigger";
import { TriggerRow } from "@/components/canvas/nodes/trigger-row";
import { TriggerList } from "@/components/editor/inspector/workflow/trigger-list";
import { Triggers } from "@/components/editor/panels/publish/publish-parts";
import { PlanThumbnail } from "@/components/workflows/list/plan-thumbnail";
import { TriggerIcons } from "@/components/workflows/list/trigger-icons";
import { testPlan } from "@/server/plan/test-plan";
import { addTrigger } from "../plan/edits/set-plan-fields";
import { planSchema } from "../plan/plan";
import { parseWorkflowYaml, stringifyWorkflow } from "../plan/yaml/plan-yaml";
import { startsOf } from "./catalog";
import { signalDefinition } from "./new-kind.fixture";

/** All that a new kind of trigger takes beside its definition: a line in the catalog. */
vi.mock("./catalog", async (importOriginal) => {
	const original = await importOriginal<typeof import("./catalog")>();
	const fixture = await import("./new-kind.fixture");
	Object.assign(original.triggerCatalog, { signal: fixture.signalDefinition });
	return original;
});
afterEach(cleanup);

const plan = testPlan([{ id: "say", name: "Say", config: { command: "echo" } }], [], {
	triggers: [{ type: "signal", path: "/build" }],
});
const globe = () => document.querySelector(".lucide-globe");

it("is read from a plan, and refused without what it needs", () => {
	expect(plan.triggers).toEqual([{ type: "signal", path: "/build" }]);
	expect(planSchema.safeParse({ ...plan, triggers: [{ type: "signal" }] }).success).toBe(false);
	expect(planSchema.safeParse({ ...plan, triggers: [{ type: "unheard" }] }).success).toBe(false);
});

it("stands beside another that is added, once, however often it is asked for", () => {
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
	render(<TriggerRow look={describeTrigger({ type: "signal" } as never, 2)} />);
	expect(screen.getByText("Signal")).toBeDefined();
	expect(screen.getByText("a request")).toBeDefined();
	expect(globe()).not.toBeNull();
	cleanup();
	render(<PlanThumbnail plan={plan} />);
	expect(globe()).not.toBeNull();
});

it("is offered in the workflow's panel where it is missing, and listed once it is there", () => {
	const onAdd = vi.fn();
	const { rerender } = render(<TriggerList triggers={[{ type: "manual" }]} onAdd={onAdd} onOpen={vi.fn()} />);
	fireEvent.click(screen.getByRole("button", { name: "Start on a request" }));
	expect(onAdd).toHaveBeenCalledWith(signalDefinition.add.trigger);
	rerender(<TriggerList triggers={plan.triggers} onAdd={onAdd} onOpen={vi.fn()} />);
	expect(screen.getByText("to an address of its own")).toBeDefined();
	expect(screen.queryByRole("button", { name: "Start on a request" })).toBeNull();
	expect(screen.getByRole("button", { name: "Allow starting by hand" })).toBeDefined();
});

it("is named before a version is published, as new or as before", () => {
	const { rerender } = render(<Triggers plan={plan} before={undefined} version={2} />);
	expect(screen.getByText("Signal").closest("li")?.textContent).toBe("Signala requestnew");
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
