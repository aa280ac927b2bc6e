// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { useEditor } from "../editor-store";
import type { NestingProps } from "./fields/field-props";
import { openInspector, typeInto, writeCode } from "./test-inspector";

const drawn: Record<string, number> = {};

vi.mock("./widgets/field-widget", async (load) => {
	const { FieldWidget } = await load<typeof import("./widgets/field-widget")>();
	return {
		FieldWidget: (props: NestingProps) => {
			count(props.spec.key);
			return FieldWidget(props);
		},
	};
});

function count(name: string) {
	drawn[name] = (drawn[name] ?? 0) + 1;
}

/** Stands for a step on the canvas: it draws what its node says. */
function StepOf({ id }: { id: string }) {
	const node = useEditor(({ plan }) => plan.nodes.find((each) => each.id === id));
	count(`step ${id}`);
	return <output>{node?.name}</output>;
}

afterEach(cleanup);
beforeEach(() => {
	for (const name of Object.keys(drawn)) delete drawn[name];
});

const plan = testPlan(
	["other", { id: "call", type: "http-request", config: { url: "https://a.dev", bodyType: "json", body: {} } }],
	["other>call"],
);

async function openCall() {
	const steps = [<StepOf key="other" id="other" />, <StepOf key="call" id="call" />];
	const { loaded } = openInspector(plan, { selected: ["call"], beside: steps });
	await loaded();
	await screen.findByRole("textbox", { name: "Content" });
	for (const name of Object.keys(drawn)) delete drawn[name];
}

it("draws only the field that is typed in, and the step that it belongs to", async () => {
	await openCall();
	for (const text of ["https://a.de", "https://a.dev/", "https://a.dev/up"])
		typeInto(screen.getByRole("textbox", { name: "Address" }), text);
	expect(drawn).toEqual({ url: 3, "step call": 3 });
});

it("does the same for a text of several lines, and for one that has a problem", async () => {
	await openCall();
	await writeCode("Content", '{ "a": 1 }');
	await writeCode("Content", "{{ steps.nobody.output }}");
	expect(drawn).toMatchObject({ "step call": 2 });
	expect(Object.keys(drawn).toSorted()).toEqual(["body", "step call"]);
});
