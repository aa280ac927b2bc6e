import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

/** OpenSSH's own format, PKCS #1, PKCS #8 and SEC 1. */
const BEGINNING = /^-----BEGIN ((?:OPENSSH |RSA |EC |ENCRYPTED )?PRIVATE KEY)-----\r?\n/;

export const sshKeyDefinition = defineCredential({
	type: "ssh-key",
	title: "SSH key",
	description: "A private key, for Git and for machines that you reach by SSH.",
	testedBy: "itself",
	values: z.strictObject({
		key: z
			.string("Paste the private key.")
			.max(32_000, atMost(32_000))
			.refine(
				(key) => BEGINNING.test(key.trimStart()),
				"Paste the whole private key, from -----BEGIN … PRIVATE KEY----- to its last line.",
			)
			.meta({ label: "Private key", widget: "textarea", secret: true }),
		passphrase: z.string().max(1_000, atMost(1_000)).optional().meta({ label: "Passphrase", secret: true }),
	}),
	parts: ({ key, passphrase = "" }) => ({ "": `${key.trim()}\n`, passphrase }),
	hint: ({ key }) => BEGINNING.exec(key.trimStart())?.[1]?.toLowerCase() ?? "",
});
