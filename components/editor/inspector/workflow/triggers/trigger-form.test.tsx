// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { openInspector } from "../../test-inspector";

afterEach(cleanup);

/** The panel of a trigger, and the trigger as the draft has it. */
async function openTrigger(trigger: object, card: RegExp) {
	const { store } = openInspector(testPlan(["build"], [], { triggers: [trigger] }), {
		answers: {
			"triggers.list": () => [],
			"triggers.deliveries": () => ({ items: [] }),
			"triggers.testEvents": () => [],
		},
	});
	fireEvent.click(screen.getByRole("button", { name: card }));
	await screen.findByRole("button", { name: "Remove this trigger" });
	return { written: () => store.getState().plan.triggers[0] };
}

const type = (label: string, value: string) =>
	fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });

it("keeps a filter and a key as they are typed, and nothing of them once they are emptied", async () => {
	const { written } = await openTrigger({ type: "event", id: "paid", name: "order.paid" }, /By event/);
	const before = written();
	type("Only when", "trigger.data.amount > 1");
	type("Duplicates have the same", "trigger.data.order");
	type("For so many hours", "48");
	expect(written()).toEqual({
		...before,
		filter: "trigger.data.amount > 1",
		dedupeKey: "trigger.data.order",
		dedupeHours: 48,
	});
	type("For so many hours", "a day");
	expect(screen.getByText("Enter a number of hours from 1 to 720.")).toBeDefined();
	expect(written()).toMatchObject({ dedupeHours: 48 });
	type("For so many hours", "24");
	type("Only when", "");
	type("Duplicates have the same", "");
	expect(written()).toEqual(before);
});

it("changes from a time of day to an interval and back without leaving both", async () => {
	const { written } = await openTrigger({ type: "schedule", id: "daily", cron: "30 7 * * *" }, /By schedule/);
	const choose = async (name: string) => {
		fireEvent.keyDown(screen.getByRole("combobox", { name: "When" }), { key: "Enter" });
		fireEvent.keyDown(await screen.findByRole("option", { name }), { key: "Enter" });
	};
	await choose("On a day of the month");
	expect(written()).toMatchObject({ cron: "30 7 1 * *" });
	await choose("At an interval");
	expect(written()).toMatchObject({ everySeconds: 3_600 });
	expect(written()).not.toHaveProperty("cron");
	await choose("Every day");
	expect(written()).toMatchObject({ cron: "0 9 * * *" });
	expect(written()).not.toHaveProperty("everySeconds");
});
