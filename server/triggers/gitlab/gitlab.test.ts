import { Webhook } from "standardwebhooks";
import { beforeAll, expect, test } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTriggered, json, setToken } from "../webhook/test-webhook";
import { gitlabSample } from "./sample";
import { gitlabConfigSchema } from "./settings/gitlab-config";

const { database, team } = await setUpTestTeam();
const TOKEN = "a token of GitLab's";
const SIGNING = `whsec_${Buffer.from("thirty-two bytes of a signing key").toString("base64")}`;
beforeAll(async () => {
	await setToken(team, "GITLAB_TOKEN", TOKEN);
	await setToken(team, "GITLAB_SIGNING", SIGNING);
});

const create = (settings: object = {}) => {
	const config = gitlabConfigSchema.parse({ type: "gitlab", id: "repo", secret: "GITLAB_TOKEN", ...settings });
	return createTriggered({ database, team }, config);
};
const headers = (more: Record<string, string> = {}) => ({
	"x-gitlab-token": TOKEN,
	"x-gitlab-event": "Push Hook",
	...more,
});

test("a push and a merge request start runs that read what has happened", async () => {
	const hook = await create({
		events: ["push", "merge_request"],
		branches: ["main"],
		authors: ["ada"],
		labels: ["bug"],
	});
	await hook.send(json(gitlabSample("push").body, headers()));
	await hook.send(json(gitlabSample("merge_request").body, headers()));
	const [push, merge] = await hook.runs();
	expect(push?.payload).toMatchObject({ event: "push", branch: "main", sender: "ada" });
	expect(merge?.payload).toMatchObject({
		event: "merge_request",
		action: "open",
		repository: "acme/shop",
		branch: "main",
	});
	expect(JSON.stringify([push, merge])).not.toContain(TOKEN);
});

test("another branch is left out, and another token refused", async () => {
	const hook = await create({ branches: ["release/*"] });
	await hook.send(json(gitlabSample("push").body, headers()));
	expect((await hook.send(json(gitlabSample("push").body, headers({ "x-gitlab-token": "x" })))).status).toBe(401);
	expect(await hook.deliveries()).toMatchObject([
		{ verdict: "filtered", reason: "The branch “main” is none of release/*." },
		{ verdict: "refused" },
	]);
});

test("an event is known by its UUID and its body: what hooks cause has the UUID of its cause", async () => {
	const hook = await create();
	const send = (changes: object) =>
		hook.send(json({ ...Object(gitlabSample("push").body), ...changes }, headers({ "x-gitlab-event-uuid": "one" })));
	await send({});
	await send({});
	await send({ after: "another" });
	expect((await hook.deliveries()).map(({ verdict }) => verdict)).toEqual(["started", "duplicate", "started"]);
});

test("a signing token signs as Standard Webhooks has it", async () => {
	const hook = await create({ signedBy: "signature", secret: "GITLAB_SIGNING" });
	const body = JSON.stringify(gitlabSample("push").body);
	const at = new Date();
	const signed = {
		"content-type": "application/json",
		"webhook-id": "one",
		"webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
		"webhook-signature": new Webhook(SIGNING).sign("one", at, body),
	};
	expect((await hook.send({ body: body.replace("main", "mine"), headers: signed })).status).toBe(401);
	await hook.send({ body, headers: signed });
	expect(await hook.runs()).toHaveLength(1);
});
