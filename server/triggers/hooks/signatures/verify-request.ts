import { isObject } from "../../../plan/values/json";
import { tryReadJson } from "../../../plan/values/read-json";
import type { Preset, SignatureSettings } from "../settings/signature-settings";
import { BAD_SIGNATURE, isEqual, isSigned, refuseTime, type SignedRequest, type Verify } from "./signed-request";

/** Why a request is refused; undefined for one that proves to come from whoever knows a secret of the trigger. */
export function verifyRequest(
	settings: SignatureSettings,
	request: SignedRequest,
	secrets: readonly string[],
): string | undefined {
	if (settings.preset === "none") return undefined;
	const known = secrets.filter((secret) => secret !== "");
	if (known.length === 0) return "Its secret is not set. Save the credential that the trigger names.";
	return explainUnsigned(settings, request) ?? PRESETS[settings.preset](request, known, settings);
}

/** A sender that was told no secret sends neither a right nor a wrong one. */
function explainUnsigned(settings: SignatureSettings, { headers }: SignedRequest): string | undefined {
	const asked = bringing(settings);
	if (asked.some((name) => headers.has(name))) return undefined;
	const what = settings.preset === "token" ? "It brings no token" : "It is not signed";
	return `${what}: the header ${asked[0]} is missing. Enter the secret where the webhook is set up.`;
}

/** The headers of which one has to be there. */
function bringing({ preset, header }: SignatureSettings): string[] {
	if (header !== undefined) return [header.toLowerCase()];
	return preset === "token" ? ["authorization"] : [...SECRET_HEADERS[preset]].reverse();
}

/** The headers that bring a signature or a secret: they are not kept. */
export function secretHeaders({ preset, header }: SignatureSettings): string[] {
	return [...SECRET_HEADERS[preset], ...(header === undefined ? [] : [header.toLowerCase()])];
}

const verifyStandard: Verify = (request, secrets) => {
	const read = (name: string) => request.headers.get(`webhook-${name}`) ?? request.headers.get(`svix-${name}`);
	const [id, time] = [read("id"), read("timestamp")];
	if (id === null) return "Its id is missing (webhook-id).";
	const given = (read("signature") ?? "").split(" ").flatMap((each) => (each.startsWith("v1,") ? each.slice(3) : []));
	// What is no Base64 would be an empty key, which everybody knows.
	const keys = secrets
		.map((secret) => Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
		.filter(({ length }) => length > 0);
	const isRight = isSigned([`${id}.${time}.`, request.body], { given, secrets: keys }, { encoding: "base64" });
	return isRight ? refuseTime(time, request) : BAD_SIGNATURE;
};

const verifyGithub: Verify = ({ headers, body }, secrets) => {
	const given = [withoutPrefix(headers.get("x-hub-signature-256"), "sha256=")];
	return isSigned([body], { given, secrets }) ? undefined : BAD_SIGNATURE;
};

const verifyStripe: Verify = (request, secrets) => {
	const parts = (request.headers.get("stripe-signature") ?? "").split(",").map((part) => part.trim().split("=", 2));
	const read = (name: string) => parts.flatMap(([key, value]) => (key === name && value !== undefined ? value : []));
	const [time = null] = read("t");
	const isRight = isSigned([`${time}.`, request.body], { given: read("v1"), secrets });
	return isRight ? refuseTime(time, request) : BAD_SIGNATURE;
};

const verifySlack: Verify = (request, secrets) => {
	const time = request.headers.get("x-slack-request-timestamp");
	const given = [withoutPrefix(request.headers.get("x-slack-signature"), "v0=")];
	return isSigned([`v0:${time}:`, request.body], { given, secrets }) ? refuseTime(time, request) : BAD_SIGNATURE;
};

const verifyShopify: Verify = ({ headers, body }, secrets) => {
	const given = [headers.get("x-shopify-hmac-sha256") ?? ""];
	return isSigned([body], { given, secrets }, { encoding: "base64" }) ? undefined : BAD_SIGNATURE;
};

/** Linear writes the time into the body that it signs, and asks to refuse what is older than a minute. */
const verifyLinear: Verify = (request, secrets) => {
	const given = [request.headers.get("linear-signature") ?? ""];
	if (!isSigned([request.body], { given, secrets })) return BAD_SIGNATURE;
	const body = tryReadJson(request.body.toString("utf8"));
	const time = body !== undefined && isObject(body) ? body.webhookTimestamp : undefined;
	return refuseTime(typeof time === "number" ? String(Math.floor(time / 1_000)) : null, request, 60);
};

const verifyHmac: Verify = (request, secrets, { header, timestampHeader, algorithm, encoding, prefix }) => {
	const given = [withoutPrefix(request.headers.get(header ?? "x-signature"), prefix)];
	const time = timestampHeader === undefined ? null : request.headers.get(timestampHeader);
	const message = timestampHeader === undefined ? [request.body] : [`${time}.`, request.body];
	if (!isSigned(message, { given, secrets }, { algorithm, encoding })) return BAD_SIGNATURE;
	return timestampHeader === undefined ? undefined : refuseTime(time, request);
};

const verifyToken: Verify = ({ headers }, secrets, { header }) => {
	const given = headers.get(header ?? "authorization") ?? "";
	const token = header === undefined ? given.replace(/^Bearer /i, "") : given;
	const matches = secrets.map((secret) => isEqual(token, secret));
	return matches.includes(true) ? undefined : "The token is not right.";
};

const PRESETS = {
	token: verifyToken,
	hmac: verifyHmac,
	standard: verifyStandard,
	github: verifyGithub,
	stripe: verifyStripe,
	slack: verifySlack,
	shopify: verifyShopify,
	linear: verifyLinear,
} satisfies Record<Exclude<Preset, "none">, Verify>;

const SECRET_HEADERS: Record<Preset, readonly string[]> = {
	none: [],
	token: [],
	hmac: ["x-signature"],
	standard: ["webhook-signature", "svix-signature"],
	github: ["x-hub-signature", "x-hub-signature-256"],
	stripe: ["stripe-signature"],
	slack: ["x-slack-signature"],
	shopify: ["x-shopify-hmac-sha256"],
	linear: ["linear-signature"],
};

/** Empty, which is no signature, where the prefix is missing. */
function withoutPrefix(given: string | null, prefix: string): string {
	return given?.startsWith(prefix) ? given.slice(prefix.length) : "";
}
