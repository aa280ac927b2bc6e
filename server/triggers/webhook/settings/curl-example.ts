import { sampleOf } from "./samples";
import type { WebhookConfig } from "./webhook-config";

/** A command that sends a sample. What is signed needs the secret, which stands in the shell's environment alone. */
export function curlExample(address: string, config: WebhookConfig): string {
	const { body } = sampleOf(config.preset);
	const text = JSON.stringify(body).replaceAll("'", "'\\''");
	const [method = "POST"] = config.methods;
	return [
		...(config.preset === "none" || config.preset === "token" ? [] : [`BODY='${text}'`]),
		[
			`curl -X ${method} '${address}'`,
			"-H 'Content-Type: application/json'",
			...authOf(config),
			config.preset === "none" || config.preset === "token" ? `-d '${text}'` : '-d "$BODY"',
		].join(" \\\n  "),
	].join("\n");
}

const HEX = '$(printf %s "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d" " -f1)';
const BASE64 = '$(printf %s "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -binary | base64)';

/** How the request proves itself; a scheme that signs a time is left to its sender's own tools. */
function authOf({ preset, header, prefix, encoding, algorithm, timestampHeader }: WebhookConfig): string[] {
	switch (preset) {
		case "token":
			return [header === undefined ? '-H "Authorization: Bearer $SECRET"' : `-H "${header}: $SECRET"`];
		case "github":
			return [`-H "X-Hub-Signature-256: sha256=${HEX}"`];
		case "shopify":
			return [`-H "X-Shopify-Hmac-Sha256: ${BASE64}"`];
		case "hmac": {
			if (timestampHeader !== undefined) return [];
			const signature = (encoding === "hex" ? HEX : BASE64).replace("sha256", algorithm);
			return [`-H "${header ?? "X-Signature"}: ${prefix}${signature}"`];
		}
		default:
			return [];
	}
}
