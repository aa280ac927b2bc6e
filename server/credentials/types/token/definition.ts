import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

/** Shorter ones would be given away by their last four characters. */
const MIN_LENGTH_WITH_END = 20;

export const tokenDefinition = defineCredential({
	type: "token",
	title: "Token",
	description: "One secret value: an API key, a bearer token, a webhook address.",
	testedBy: "request",
	values: z.strictObject({
		token: z
			.string("Enter the token.")
			.max(64_000, atMost(64_000))
			.meta({ label: "Token", widget: "textarea", secret: true }),
	}),
	parts: ({ token }) => ({ "": token }),
	hint: ({ token }) => (token.trim().length < MIN_LENGTH_WITH_END ? "" : `…${token.trim().slice(-4)}`),
});
