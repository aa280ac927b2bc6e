import { MIN_REDACTED_LENGTH } from "./min-redacted-length";

/**
 * Whether a value is hidden wherever it appears: not one so short or so ordinary that this would hide nothing and spoil
 * the text around it.
 */
export function isHidden(value: string): boolean {
	const text = value.trim();
	return text.length >= MIN_REDACTED_LENGTH && !ORDINARY.has(text.toLowerCase()) && !PEM_EDGE.test(text);
}

/** What a person should know who saves these secrets; null when all of them are hidden. */
export function warningAbout(secrets: readonly string[]): string | null {
	const shown = secrets.filter((secret) => secret.trim() !== "" && !isHidden(secret));
	if (shown.length === 0) return null;
	if (shown.every((secret) => secret.trim().length >= MIN_REDACTED_LENGTH))
		return "An ordinary word like this is not hidden in logs and outputs. Use another value if you can.";
	return `Values of fewer than ${MIN_REDACTED_LENGTH} characters are not hidden in logs and outputs. Use a longer value if you can.`;
}

/** The first and the last line of every key in PEM (RFC 7468), with nothing between. */
const PEM_EDGE = /^-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----$/;

/** Words of logs, of settings and of JSON credentials, and what accounts, hosts and headers are often called. */
const ORDINARY: ReadonlySet<string> = new Set(
	`administrator anonymous application application/json auth_provider_x509_cert_url auth_uri authorization
	authorized_user authorized_users basic-auth bearer_token changeme client_email client_id client_secret
	client_x509_cert_url configuration content-type credential credentials database default-user defaultuser
	deployment developer development ec2-user example.com external_account googleapis.com
	https://accounts.google.com/o/oauth2/auth https://api.github.com https://github.com
	https://oauth2.googleapis.com/token https://www.googleapis.com/oauth2/v1/certs ipv4-localhost localhost
	localhost.localdomain localhost:5432 maintenance passphrase password postgres postgres:// postgresql postgresql://
	private_key private_key_id production project_id proxy-authorization public_key refresh_token repository
	root@localhost service_account template0 template1 token_uri undefined universe_domain username user_name
	x-access-token x-api-key x-auth-token`.split(/\s+/),
);
