import type { JsonObject } from "../../plan/values/json";
import type { HookEvent } from "../hooks/settings/hook-event";
import type { GitlabEvent } from "./settings/gitlab-config";

const PROJECT = { id: 1, name: "Shop", path_with_namespace: "acme/shop", default_branch: "main" };
const COMMIT = "da1560886d4f094c3e6c9ef40349f7d38b5d27d7";

const SAMPLES: Record<GitlabEvent, JsonObject> = {
	push: {
		object_kind: "push",
		event_name: "push",
		ref: "refs/heads/main",
		before: "95790bf891e76fee5e1747ab589903a6a1f80f22",
		after: COMMIT,
		user_username: "ada",
		commits: [{ id: COMMIT, message: "Fix the total", added: [], modified: ["src/cart.ts"], removed: [] }],
	},
	merge_request: {
		object_kind: "merge_request",
		event_type: "merge_request",
		user: { id: 1, username: "ada" },
		labels: [{ id: 1, title: "bug" }],
		object_attributes: {
			id: 1,
			iid: 7,
			action: "open",
			source_branch: "fix-total",
			target_branch: "main",
			state: "opened",
		},
	},
};

/** What GitLab sends of an event, in short. */
export function gitlabSample(event: GitlabEvent): HookEvent {
	const name = event === "push" ? "Push Hook" : "Merge Request Hook";
	return {
		method: "POST",
		headers: { "content-type": "application/json", "x-gitlab-event": name },
		query: {},
		body: { ...SAMPLES[event], project: PROJECT },
		bodyHash: "",
	};
}
