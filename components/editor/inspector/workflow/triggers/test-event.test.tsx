// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { openInspector } from "../../test-inspector";

afterEach(cleanup);

const plan = testPlan(["build"], [], { triggers: [{ type: "webhook", id: "orders" }] });
const event = { id: "e1", receivedAt: new Date(), from: "192.0.2.1" };
const wait = {
	leftMs: 599_000,
	startedBy: "Ada",
	problem: null as string | null,
	address: "https://weft.example/api/hooks/x",
};

/** A server whose draft waits, or has something pinned, as the test says. */
function openTrigger(first: { wait?: typeof wait; event?: typeof event } = {}) {
	let state: object[] = first.wait || first.event ? [toState(first)] : [];
	const called: string[] = [];
	const change = (name: string, next: Parameters<typeof toState>[0]) => () => {
		called.push(name);
		state = [toState(next)];
	};
	const opened = openInspector(plan, {
		answers: {
			"triggers.list": () => [],
			"triggers.deliveries": () => ({ items: [] }),
			"triggers.testEvents": () => state,
			"triggers.testEvent": () => ({
				request: { method: "POST", from: event.from, size: 12, headers: {}, query: {}, body: { amount: 42 } },
				begins: { trigger: { type: "webhook", body: { amount: 42 } }, input: {} },
				reason: "trigger.body.amount > 100 was false.",
			}),
			"triggers.awaitTestEvent": change("wait", { wait }),
			"triggers.cancelTestEvent": change("cancel", {}),
			"triggers.pinTestEvent": change("pin", { event }),
			"triggers.unpinTestEvent": change("unpin", {}),
		},
	});
	fireEvent.click(screen.getByRole("button", { name: /By webhook/ }));
	return { ...opened, called };
}

function toState(of: { wait?: typeof wait; event?: typeof event }) {
	return { key: "orders", type: "webhook", wait: of.wait ?? null, event: of.event ?? null };
}

const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

it("waits once the draft is saved, tells where and for how long, and stops when it is cancelled", async () => {
	const { called, saveNow } = openTrigger();
	await press("Wait for a test event");
	expect((await screen.findByRole("timer")).textContent).toMatch(/^(?:10:00|9:5\d)$/);
	expect(saveNow).toHaveBeenCalled();
	expect(screen.getByRole("textbox", { name: "Address" })).toHaveProperty("value", wait.address);
	expect(screen.getByText("Asked for by Ada.")).toBeDefined();
	await press("Cancel");
	await screen.findByRole("button", { name: "Wait for a test event" });
	expect(called).toEqual(["wait", "cancel"]);
});

it("says why what came is not taken", async () => {
	openTrigger({ wait: { ...wait, problem: "It is not signed." } });
	expect((await screen.findByRole("alert")).textContent).toContain("It is not signed.");
});

it("shows what is pinned, and whether a test can begin with it, until it is unpinned", async () => {
	const { called } = openTrigger();
	await press("Pin a sample");
	expect((await screen.findByRole("region", { name: "Body" })).textContent).toContain("42");
	expect(screen.getByRole("alert").textContent).toContain("Tests cannot begin with it");
	await press("Unpin");
	await screen.findByRole("button", { name: "Pin a sample" });
	expect(called).toEqual(["pin", "unpin"]);
});
