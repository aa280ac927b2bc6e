import type { JsonObject } from "../../plan/values/json";
import type { HookEvent } from "../hooks/settings/hook-event";
import type { GithubEvent } from "./settings/github-config";

const SENDER = { login: "ada", id: 1, type: "User" };
const REPOSITORY = { id: 1, name: "shop", full_name: "acme/shop", private: true, default_branch: "main" };
const COMMIT = "9049f1265b7d61be4a8904a9a27120d2064dab3b";
const PULL = {
	id: 1,
	number: 7,
	state: "open",
	title: "Fix the total",
	user: SENDER,
	labels: [{ name: "bug" }],
	head: { ref: "fix-total", sha: COMMIT },
	base: { ref: "main", sha: "6113728f27ae82c7b1a177c8d03f9e96e0adf246" },
};
const ISSUE = { id: 1, number: 8, state: "open", title: "The total is wrong", user: SENDER, labels: [{ name: "bug" }] };
const COMMENT = { id: 1, body: "/deploy", user: SENDER };

const SAMPLES: Record<GithubEvent, JsonObject> = {
	push: {
		ref: "refs/heads/main",
		before: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
		after: COMMIT,
		pusher: { name: "ada", email: "ada@example.com" },
		commits: [{ id: COMMIT, message: "Fix the total", added: [], modified: ["src/cart.ts"], removed: [] }],
	},
	pull_request: { action: "opened", number: 7, pull_request: PULL },
	issues: { action: "opened", issue: ISSUE },
	issue_comment: { action: "created", issue: ISSUE, comment: COMMENT },
	pull_request_review_comment: { action: "created", pull_request: PULL, comment: COMMENT },
	release: { action: "published", release: { id: 1, tag_name: "v1.0.0", name: "1.0", author: SENDER } },
	workflow_run: {
		action: "completed",
		workflow_run: { id: 1, name: "CI", head_branch: "main", head_sha: COMMIT, conclusion: "failure", actor: SENDER },
	},
};

/** What GitHub sends of an event, in short. */
export function githubSample(event: GithubEvent): HookEvent {
	return {
		method: "POST",
		headers: { "content-type": "application/json", "x-github-event": event },
		query: {},
		body: { ...SAMPLES[event], repository: REPOSITORY, sender: SENDER },
		bodyHash: "",
	};
}
