// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { openInspector } from "../../test-inspector";

afterEach(cleanup);

it("takes workflows by their names, tells of one that is gone, and gives them up again", async () => {
	const plan = testPlan(["build"], [], { triggers: [{ type: "workflow-ended", id: "ended", workflows: ["gone"] }] });
	const { store } = openInspector(plan, {
		answers: {
			"triggers.list": () => [],
			"triggers.deliveries": () => ({ items: [] }),
			"workflows.list": () => [{ slug: "nightly", name: "Nightly report", version: 1 }],
		},
	});
	const chosen = () => store.getState().plan.triggers.flatMap((each) => ("workflows" in each ? each.workflows : []));
	fireEvent.click(screen.getByRole("button", { name: /By the end of a workflow/ }));
	expect(await screen.findByText("No workflow of this address is in the team now.")).toBeDefined();
	fireEvent.click(screen.getByRole("button", { name: "Take gone away" }));
	expect(screen.getByText("Any but this one")).toBeDefined();
	fireEvent.keyDown(screen.getByRole("button", { name: "Add a workflow" }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("menuitem", { name: "Nightly report" }));
	expect(chosen()).toEqual(["nightly"]);
	expect(screen.getByRole("button", { name: "Take Nightly report away" })).toBeDefined();
});
