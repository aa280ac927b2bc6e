// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { testPlan } from "@/components/canvas/test-plan";
import { openInspector } from "./test-inspector";

afterEach(cleanup);

const plan = testPlan(
	[
		{ id: "call", type: "http-request", config: { url: "https://acme.dev/health" } },
		{ id: "ask", type: "llm", config: { prompt: "Sum up {{ steps.call.output.body }}" } },
	],
	["call>ask"],
);

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

describe("the form of a step", () => {
	it("writes text as it is typed, as one edit that can be undone", async () => {
		const { store, configOf } = openInspector(plan, { selected: ["call"] });
		const address = screen.getByRole("textbox", { name: "Address" });
		type(address, "https://acme.dev/");
		type(address, "https://acme.dev/up");
		expect(configOf("call")).toMatchObject({ url: "https://acme.dev/up" });
		act(() => void store.getState().undo());
		expect(configOf("call")).toMatchObject({ url: "https://acme.dev/health" });
		expect(address).toHaveProperty("value", "https://acme.dev/health");
	});
});
