import { createHmac } from "node:crypto";
import { sign as signGithub } from "@octokit/webhooks-methods";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { signatureSettingsSchema } from "../settings/signature-settings";
import { BAD_SIGNATURE } from "./signed-request";
import { secretHeaders, verifyRequest } from "./verify-request";

const NOW = Date.UTC(2027, 0, 1);
const BODY = JSON.stringify({ id: "evt_1", webhookTimestamp: NOW, text: "größe" });
const KEY = "a signing key for tests";
const STANDARD_KEY = `whsec_${Buffer.from("a signing key for tests only!").toString("base64")}`;

const hmac = (text: string, encoding: "hex" | "base64" = "hex", key = KEY) =>
	createHmac("sha256", key).update(text).digest(encoding);

/** What each sender puts into its headers, `at` the time of signing in ms since 1970. */
const SENDERS: Record<string, { secret: string; sign: (body: string, at: number) => Promise<Record<string, string>> }> =
	{
		standard: {
			secret: STANDARD_KEY,
			sign: async (body, at) => ({
				"webhook-id": "msg_1",
				"webhook-timestamp": String(at / 1_000),
				"webhook-signature": `v1,AAAA ${new Webhook(STANDARD_KEY).sign("msg_1", new Date(at), body)}`,
			}),
		},
		github: { secret: KEY, sign: async (body) => ({ "x-hub-signature-256": await signGithub(KEY, body) }) },
		stripe: {
			secret: KEY,
			sign: async (payload, at) => ({
				"stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret: KEY, timestamp: at / 1_000 }),
			}),
		},
		slack: {
			secret: KEY,
			sign: async (body, at) => ({
				"x-slack-request-timestamp": String(at / 1_000),
				"x-slack-signature": `v0=${hmac(`v0:${at / 1_000}:${body}`)}`,
			}),
		},
		shopify: { secret: KEY, sign: async (body) => ({ "x-shopify-hmac-sha256": hmac(body, "base64") }) },
		linear: { secret: KEY, sign: async (body) => ({ "linear-signature": hmac(body) }) },
		hmac: { secret: KEY, sign: async (body) => ({ "x-signature": hmac(body) }) },
		token: { secret: KEY, sign: async () => ({ authorization: `Bearer ${KEY}` }) },
	};

function verify(settings: object, headers: Record<string, string>, { body = BODY, secrets = [KEY], now = NOW } = {}) {
	const config = signatureSettingsSchema.parse(settings);
	return verifyRequest(config, { headers: new Headers(headers), body: Buffer.from(body), now }, secrets);
}

describe.each(Object.entries(SENDERS))("%s", (preset, { secret, sign }) => {
	test("takes what its sender signs, under either of two secrets", async () => {
		const headers = await sign(BODY, NOW);
		expect(verify({ preset }, headers, { secrets: [secret] })).toBeUndefined();
		expect(verify({ preset }, headers, { secrets: ["another secret", secret] })).toBeUndefined();
	});

	test("refuses another secret, no signature, and an unset or empty secret", async () => {
		const headers = await sign(BODY, NOW);
		expect(verify({ preset }, headers, { secrets: ["another secret"] })).toMatch("is not right");
		expect(verify({ preset }, {}, { secrets: [secret] })).toMatch(
			/^It (is not signed|brings no token): the header \S+ is/,
		);
		expect(verify({ preset }, headers, { secrets: [] })).toMatch("secret is not set");
		expect(verify({ preset }, await sign(BODY, NOW), { secrets: [""] })).toMatch("secret is not set");
	});

	test.skipIf(preset === "token")("refuses a body that was exchanged after signing", async () => {
		const body = BODY.replace("evt_1", "evt_2");
		expect(verify({ preset }, await sign(BODY, NOW), { body, secrets: [secret] })).toBe(BAD_SIGNATURE);
	});
});

test.each(["whsec_", "whsec_!!!", "whsec_ "])(
	"%j is no key of Standard Webhooks, and nothing is signed with it",
	(secret) => {
		const at = String(NOW / 1_000);
		const forged = createHmac("sha256", "").update(`msg_1.${at}.${BODY}`).digest("base64");
		const headers = { "webhook-id": "msg_1", "webhook-timestamp": at, "webhook-signature": `v1,${forged}` };
		expect(verify({ preset: "standard" }, headers, { secrets: [secret] })).toBe(BAD_SIGNATURE);
	},
);

test.each(["standard", "stripe", "slack", "linear"])("%s refuses a copy that is sent later", async (preset) => {
	const sender = SENDERS[preset];
	const headers = await sender?.sign(BODY, NOW);
	const replayed = (seconds: number) =>
		verify({ preset }, headers ?? {}, { secrets: [sender?.secret ?? ""], now: NOW + seconds * 1_000 });
	expect(replayed(59)).toBeUndefined();
	expect(replayed(301)).toMatch("It may be a copy");
	expect(replayed(-301)).toMatch("It may be a copy");
});

test("a generic signature is read as its settings say", () => {
	const settings = { preset: "hmac", header: "X-Sig", algorithm: "sha512", encoding: "base64", prefix: "v2:" };
	const signature = createHmac("sha512", KEY).update(BODY).digest("base64");
	expect(verify(settings, { "x-sig": `v2:${signature}` })).toBeUndefined();
	expect(verify(settings, { "x-sig": signature })).toBe(BAD_SIGNATURE);
});

test("a generic signature with a time is refused when it is old, or its time was exchanged", () => {
	const settings = { preset: "hmac", timestampHeader: "X-Time" };
	const signed = (time: number) => ({ "x-time": String(time), "x-signature": hmac(`${NOW / 1_000}.${BODY}`) });
	expect(verify(settings, signed(NOW / 1_000))).toBeUndefined();
	expect(verify(settings, signed(NOW / 1_000 + 1))).toBe(BAD_SIGNATURE);
	expect(verify(settings, signed(NOW / 1_000), { now: NOW + 400_000 })).toMatch("It may be a copy");
	expect(verify(settings, { "x-signature": hmac(`null.${BODY}`) })).toMatch("time of its signature is missing");
});

test("headers that bring a signature or a token are known", () => {
	const of = (settings: object) => secretHeaders(signatureSettingsSchema.parse(settings));
	expect(of({ preset: "github" })).toEqual(["x-hub-signature", "x-hub-signature-256"]);
	expect(of({ preset: "token", header: "X-Shop-Token" })).toEqual(["x-shop-token"]);
});
