import { createHash } from "node:crypto";
import type { CheckCredential } from "../../credential-check";
import { readPublicKey } from "./read-public-key";

/** Reads the key and names its fingerprint, as `ssh-keygen -lf` prints it. Nothing is decrypted. */
export const checkSshKey: CheckCredential = async ({ "": key = "" }) => {
	const found = readPublicKey(key);
	if (found === undefined)
		return {
			verdict: "refused",
			message: "This private key cannot be read. Paste it again, from its first line to its last.",
		};
	if (found === "encrypted")
		return {
			verdict: "unknown",
			message: "The key is encrypted with its passphrase, so it cannot be tested here.",
		};
	const type = found.subarray(4, 4 + found.readUInt32BE(0)).toString("ascii");
	const fingerprint = createHash("sha256").update(found).digest("base64").replaceAll("=", "");
	return { verdict: "works", message: `${type}, SHA256:${fingerprint}` };
};
