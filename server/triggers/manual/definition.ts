import { z } from "zod";
import { countOf } from "../../nodes/summary-text";
import { defineTrigger } from "../trigger-definition";

export const manualDefinition = defineTrigger({
	type: "manual",
	config: z.strictObject({ type: z.literal("manual") }),
	startsItself: false,
	title: "Manual",
	cause: "By hand",
	note: "Somebody presses Run, and fills in the form of the workflow.",
	detail: () => "with Run and its form",
	icon: "mouse-pointer-click",
	add: { label: "Allow starting by hand", trigger: { type: "manual" } },
	summary: (_, inputs) => (inputs === 0 ? "by hand" : `form, ${countOf(inputs, "field")}`),
	starts: (_, inputs) => (inputs === 0 ? "by hand" : "by hand, with a form"),
});
