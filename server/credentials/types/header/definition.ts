import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

export const headerDefinition = defineCredential({
	type: "header",
	title: "HTTP header",
	description: "A header that a server requires, such as X-API-Key.",
	testedBy: "request",
	values: z.strictObject({
		name: z
			.string("Enter the name of the header.")
			.regex(/^[A-Za-z0-9-]{1,64}$/, "Enter the name of a header, such as X-API-Key.")
			.meta({ label: "Header", placeholder: "X-API-Key" }),
		value: z.string("Enter the value.").max(16_000, atMost(16_000)).meta({ label: "Value", secret: true }),
	}),
	parts: ({ name, value }) => ({ "": value, name, value }),
	publicParts: ["name"],
	hint: ({ name }) => name,
});
