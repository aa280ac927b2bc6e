import { z } from "zod";
import { defineCredential } from "../../credential-definition";

const MAX_ENTRIES = 50;
const partName = z.string().regex(/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/, "Names are letters, digits and _.");

export const keyValueDefinition = defineCredential({
	type: "key-value",
	title: "Keys and values",
	description: "Several secrets that belong together, each with a name.",
	firstPart: "name",
	mainParts: "each",
	values: z.strictObject({
		values: z
			.record(partName, z.string().min(1, "Enter a value for each name."), "Enter a name and a value.")
			.refine((values) => Object.keys(values).length > 0, "Enter a name and a value.")
			.refine((values) => Object.keys(values).length <= MAX_ENTRIES, `${MAX_ENTRIES} values at most.`)
			.meta({ label: "Values", widget: "key-value", secret: true }),
	}),
	parts: ({ values }) => values,
	hint: ({ values }) => Object.keys(values).join(", "),
});
