import { sign } from "@octokit/webhooks-methods";
import { beforeAll, expect, test } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { readDelivery } from "../read-delivery";
import { createTriggered, setToken } from "../webhook/test-webhook";
import { githubSample } from "./sample";
import { GITHUB_EVENTS, type GithubEvent, githubConfigSchema } from "./settings/github-config";

const { database, team } = await setUpTestTeam();
const SECRET = "it is a secret to everybody";
beforeAll(() => setToken(team, "GITHUB_HOOK", SECRET));

const create = (settings: object = {}, more: object = {}) => {
	const config = githubConfigSchema.parse({ type: "github", id: "repo", secret: "GITHUB_HOOK", ...settings });
	return createTriggered({ database, team }, config, more);
};

/** A delivery as GitHub sends it. */
async function delivery(event: GithubEvent | "ping", changes: object = {}, headers: Record<string, string> = {}) {
	const sample = event === "ping" ? { zen: "Design for failure.", hook_id: 1 } : githubSample(event).body;
	const body = JSON.stringify({ ...Object(sample), ...changes });
	return {
		body,
		headers: {
			"content-type": "application/json",
			"x-github-event": event,
			"x-github-delivery": crypto.randomUUID(),
			"x-hub-signature-256": await sign(SECRET, body),
			...headers,
		},
	};
}

test("a signed push starts a run that reads what has happened", async () => {
	const hook = await create();
	expect((await hook.send(await delivery("push", { installation: { id: 5 } }))).status).toBe(202);
	const [run] = await hook.runs();
	expect(run?.payload).toMatchObject({
		...{ event: "push", repository: "acme/shop", ref: "refs/heads/main", branch: "main" },
		...{ sender: "ada", installation: 5, body: { pusher: { name: "ada" } } },
	});
	expect(JSON.stringify(run)).not.toContain("sha256=");
});

test("every event is told by its body and starts a run", async () => {
	const hook = await create({ events: [...GITHUB_EVENTS] });
	for (const event of GITHUB_EVENTS) await hook.send(await delivery(event));
	const runs = await hook.runs();
	expect(runs.map(({ payload }) => payload.event)).toEqual([...GITHUB_EVENTS]);
});

test("a form-encoded body is read like one of JSON", async () => {
	const hook = await create();
	const { body, headers } = await delivery("push");
	const form = new URLSearchParams({ payload: body }).toString();
	const signed = { ...headers, "content-type": "application/x-www-form-urlencoded" };
	await hook.send({ body: form, headers: { ...signed, "x-hub-signature-256": await sign(SECRET, form) } });
	expect((await hook.runs())[0]?.payload).toMatchObject({ branch: "main", body: { ref: "refs/heads/main" } });
});

test.each([
	[{ branches: ["release/*"] }, "push", {}, "The branch “main” is none of release/*."],
	[{ branches: ["main"] }, "push", { ref: "refs/tags/v1" }, "It is about “refs/tags/v1”, which is no branch."],
	[{ branches: ["**", "!main"] }, "pull_request", {}, "The branch “main” is none of **, !main."],
	[{ paths: ["docs/**"] }, "push", {}, "None of the 1 changed files is one of docs/**: src/cart.ts."],
	[{ labels: ["urgent"] }, "issues", {}, "Its labels (bug) do not fit; asked for: urgent."],
	[{ labels: ["!bug"] }, "pull_request", {}, "Its labels (bug) do not fit; asked for: !bug."],
	[{ authors: ["!ADA"] }, "issue_comment", {}, "Its author “ada” is none of !ADA."],
	[{ actions: ["closed"] }, "pull_request", {}, "The action “opened” of pull_request is none of closed."],
	[{ events: ["release"] }, "push", {}, "The event push is none of release."],
	[
		{ filter: "trigger.branch == 'next'" },
		"push",
		{},
		"trigger.branch == 'next' was false: trigger.branch is \"main\".",
	],
] as const)("what %j leaves out explains itself", async (settings, event, changes, reason) => {
	const hook = await create({ events: [...GITHUB_EVENTS], ...settings });
	expect((await hook.send(await delivery(event, changes))).status).toBe(202);
	expect(await hook.runs()).toEqual([]);
	expect(await hook.deliveries()).toMatchObject([{ type: "github", verdict: "filtered", reason }]);
});

test("filters let through what fits any of their patterns", async () => {
	const settings = { branches: ["release/*", "ma?n"], paths: ["**/*.ts"], authors: ["ad*"], labels: ["urgent"] };
	const hook = await create(settings);
	await hook.send(await delivery("push"));
	expect(await hook.runs()).toHaveLength(1);
});

test("a ping is answered with 200, and shown", async () => {
	const hook = await create();
	expect((await hook.send(await delivery("ping"))).status).toBe(200);
	expect(await hook.deliveries()).toMatchObject([{ verdict: "filtered", reason: expect.stringMatching("is reached") }]);
});

test("a ping of a webhook without a secret is refused as what it is: not signed", async () => {
	const hook = await create();
	const ping = await delivery("ping");
	const { "x-hub-signature-256": _, ...headers } = ping.headers;
	expect((await hook.send({ ...ping, headers })).status).toBe(401);
	const reason =
		"It is not signed: the header x-hub-signature-256 is missing. Enter the secret where the webhook is set up.";
	expect(await hook.deliveries()).toMatchObject([{ verdict: "refused", reason }]);
});

test("a delivery is a duplicate by its id, and by its body under another id", async () => {
	const hook = await create();
	const first = await delivery("push");
	await hook.send(first);
	await hook.send(first);
	await hook.send({ ...first, headers: { ...first.headers, "x-github-delivery": "another" } });
	expect((await hook.deliveries()).map(({ verdict }) => verdict)).toEqual(["started", "duplicate", "duplicate"]);
});

test("a delivery whose run could not be started may come again", async () => {
	const field = { type: "number", name: "count", required: true };
	const hook = await create({ inputs: { count: "{{ trigger.body.count }}" } }, { inputs: [field] });
	const first = await delivery("push");
	await hook.send(first);
	await hook.send(first);
	expect((await hook.deliveries()).map(({ verdict }) => verdict)).toEqual(["failed", "failed"]);
});

test("what is not signed, or changed after it was signed, or named otherwise than it is, starts nothing", async () => {
	const hook = await create({ events: [...GITHUB_EVENTS] });
	const first = await delivery("push");
	expect((await hook.send({ ...first, body: first.body.replace("main", "mine") })).status).toBe(401);
	expect((await hook.send(await delivery("push", {}, { "x-hub-signature-256": "sha256=" }))).status).toBe(401);
	await hook.send(await delivery("push", {}, { "x-github-event": "release" }));
	const [last] = (await hook.deliveries()).slice(-1);
	expect(last?.reason).toBe("X-GitHub-Event says release, and its body is that of push: the header is not signed.");
	expect(await hook.runs()).toEqual([]);
});

test("a secret that is not set refuses everything, whatever it is signed with", async () => {
	const hook = await create({ secret: "NOT_THERE" });
	const first = await delivery("push");
	const empty = { ...first.headers, "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
	expect((await hook.send({ ...first, headers: empty })).status).toBe(401);
	expect((await hook.send(first)).status).toBe(401);
});

test("bodies that are no events, nested without end or full of __proto__ harm nothing", async () => {
	const hook = await create();
	const send = async (body: string) =>
		await hook.send({
			body,
			headers: { "content-type": "application/json", "x-hub-signature-256": await sign(SECRET, body) },
		});
	expect((await send("[".repeat(100_000) + "]".repeat(100_000))).status).toBe(400);
	expect((await send("[1, null]")).status).toBe(202);
	expect((await send('{"__proto__": {"ref": "refs/heads/main"}, "commits": 3}')).status).toBeLessThan(500);
	const push =
		'{"ref": null, "before": 1, "after": {}, "commits": [3, {"added": "x"}], "sender": [], "__proto__": {"a": 1}}';
	expect((await send(push)).status).toBeLessThan(500);
	expect(Object({}).a).toBeUndefined();
	const kept = (await hook.deliveries()).at(-1);
	expect(kept && (await readDelivery(team.members.viewer, { ...hook.ref, id: kept.id }))?.verdict).toBeDefined();
});
