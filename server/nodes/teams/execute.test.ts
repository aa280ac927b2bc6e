import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import { createOutboundFetch } from "../../http/outbound-fetch";
import { startTestServer } from "../../http/test-server";
import { createTestContext } from "../test-context";
import { teamsDefinition } from "./definition";
import { executeTeams } from "./execute";

/** Answers as a Workflows address does: 202 without a body, 400 for what is too large, 429 when it is asked too often. */
let refusal: number | undefined;
const server = await startTestServer((_, response) => {
	const size = Buffer.byteLength(server.requests.at(-1)?.body ?? "");
	const status = refusal ?? (size > 28_000 ? 413 : 202);
	response.writeHead(status, { "retry-after": "12" }).end(status === 202 ? undefined : '{"error":{"code":"Refused"}}');
});
afterAll(() => server.close());
beforeEach(() => {
	refusal = undefined;
});

async function post(config: JsonObject) {
	const context = createTestContext({ fetch: createOutboundFetch({ allow: ["127.0.0.1"] }) });
	const parsed = teamsDefinition.config.parse({
		url: `${server.origin}/workflows/1?sig=s3cr3t`,
		text: "Hello",
		...config,
	});
	const { output } = await executeTeams(parsed, context);
	const sent = server.requests.at(-1);
	return { output, sent, card: JSON.parse(sent?.body ?? "").attachments[0].content };
}

describe("a card for Teams", () => {
	test("has a title, a text, facts and a button", async () => {
		const facts = { Branch: "main", Failed: 3, Green: false, Nothing: null };
		const { card, output, sent } = await post({
			title: "Build",
			text: "**Red**",
			facts,
			linkUrl: "https://ci.example.com/7",
		});
		expect(card).toMatchObject({
			type: "AdaptiveCard",
			version: "1.4",
			body: [
				{ type: "TextBlock", text: "Build", weight: "Bolder" },
				{ type: "TextBlock", text: "**Red**", wrap: true },
				{
					type: "FactSet",
					facts: [
						{ title: "Branch", value: "main" },
						{ title: "Failed", value: "3" },
						{ title: "Green", value: "false" },
					],
				},
			],
			actions: [{ type: "Action.OpenUrl", title: "Open", url: "https://ci.example.com/7" }],
		});
		expect(sent?.headers["content-type"]).toBe("application/json");
		expect(output).toEqual({ status: 202, shortened: false });
	});

	test("holds the text alone where there is nothing else", async () => {
		const { card } = await post({});
		expect(card.body).toHaveLength(1);
		expect(card).not.toHaveProperty("actions");
	});

	test.each(["x", "é", "😀", '"\n'])("is cut where Teams would refuse it for its size (%j)", async (unit) => {
		const { card, output } = await post({ text: unit.repeat(30_000) });
		expect(output).toEqual({ status: 202, shortened: true });
		expect(card.body[0].text).toMatch(/… \(shortened\)$/);
	});

	test.each([
		[429, RetryableError, 12],
		[503, RetryableError, 12],
		[401, FatalError, undefined],
	])("that is refused with %i says so, without the secret in its address", async (status, kind, retryAfterSeconds) => {
		refusal = status;
		const error = await post({}).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(kind);
		expect(error).toHaveProperty("message", expect.stringMatching(/^Teams answered (?!.*s3cr3t)/));
		expect(Object(error).retryAfterSeconds).toBe(retryAfterSeconds);
	});

	test("needs an address", async () => {
		await expect(post({ url: "the channel" })).rejects.toThrow("The address of the channel is not a URL.");
	});
});
