import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

export const basicDefinition = defineCredential({
	type: "basic",
	title: "User name and password",
	description: "An account for HTTP basic authentication and most programs.",
	firstPart: "user",
	mainParts: ["user", "password"],
	testedBy: "request",
	values: z.strictObject({
		user: z
			.string("Enter the user name.")
			.max(1_000, atMost(1_000))
			.refine((user) => !user.includes(":"), "A user name cannot contain a colon.")
			.meta({ label: "User name" }),
		password: z.string("Enter the password.").max(10_000, atMost(10_000)).meta({ label: "Password", secret: true }),
	}),
	parts: ({ user, password }) => {
		const encoded = base64(`${user}:${password}`);
		return { user, password, base64: encoded, header: `Basic ${encoded}` };
	},
	hint: ({ user }) => user,
});

/** Of the text's UTF-8 bytes (RFC 7617). */
function base64(text: string): string {
	return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
