import { Webhook } from "standardwebhooks";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import { createOutboundFetch } from "../../http/outbound-fetch";
import { startTestServer } from "../../http/test-server";
import { createTestContext } from "../test-context";
import { webhookDefinition } from "./definition";
import { executeWebhook } from "./execute";

const SECRET = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
let status = 204;
const server = await startTestServer((_, response) => {
	response
		.writeHead(status, { "retry-after": "9", location: "/elsewhere" })
		.end(status < 300 ? undefined : "not today");
});
afterAll(() => server.close());
beforeEach(() => {
	status = 204;
});

const fetch = createOutboundFetch({ allow: ["127.0.0.1"] });

async function send(config: JsonObject = {}, options: Parameters<typeof createTestContext>[0] = {}) {
	const parsed = webhookDefinition.config.parse({
		url: `${server.origin}/hook?key=k`,
		event: "report.ready",
		...config,
	});
	const { output } = await executeWebhook(parsed, createTestContext({ fetch, ...options }));
	const request = server.requests.at(-1);
	if (!request) throw new Error("Nothing was sent.");
	return { output, request };
}

function signedHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

describe("a webhook", () => {
	test("is signed so that the receiver’s own library takes it, and no other secret’s", async () => {
		const { output, request } = await send({ data: { pages: 3, title: "Année" }, secret: SECRET });
		expect(output).toEqual({ id: "msg_run-1_step_under_test", status: 204 });
		expect([request.method, request.path]).toEqual(["POST", "/hook?key=k"]);
		const headers = signedHeaders(request.headers);
		const read = new Webhook(SECRET).verify(request.body, headers);
		expect(read).toEqual({ type: "report.ready", timestamp: expect.any(String), data: { pages: 3, title: "Année" } });
		const other = new Webhook(Buffer.alloc(32, 4).toString("base64"));
		expect(() => other.verify(request.body, headers)).toThrow("No matching signature");
	});

	test("has the same id in every attempt, and one of its own in every iteration", async () => {
		const ids = [
			(await send({}, { attempt: 1 })).request.headers["webhook-id"],
			(await send({}, { attempt: 2 })).request.headers["webhook-id"],
			(await send({}, { iteration: "3" })).request.headers["webhook-id"],
		];
		expect(ids).toEqual(["msg_run-1_step_under_test", "msg_run-1_step_under_test", "msg_run-1_step_under_test_3"]);
	});

	test("goes without a signature where there is no secret", async () => {
		expect((await send()).request.headers).not.toHaveProperty("webhook-signature");
	});

	test.each([500, 503, 429])("is sent again after an answer of %i, when the server says", async (answer) => {
		status = answer;
		const error = await send().catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(RetryableError);
		expect(error).toMatchObject({
			retryAfterSeconds: 9,
			message: expect.stringMatching(/hook answered .*: not today$/),
		});
	});

	test.each([400, 410, 302])("fails at once after an answer of %i, and follows nowhere", async (answer) => {
		status = answer;
		await expect(send()).rejects.toBeInstanceOf(FatalError);
		expect(server.requests.at(-1)?.path).toBe("/hook?key=k");
	});

	test("is refused with a secret that is none, without showing it", async () => {
		await expect(send({ secret: "n*t base64" })).rejects.toThrow(/^The signing secret is not Base64\. (?!.*n\*t)/);
	});
});
