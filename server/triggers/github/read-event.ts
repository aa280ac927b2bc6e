import { isObject, type Json, type JsonObject, jsonObjectSchema } from "../../plan/values/json";
import { tryReadJson } from "../../plan/values/read-json";
import {
	branchOf,
	changedPaths,
	type RepositoryEvent,
	textIn,
	textsIn,
	valueIn,
} from "../hooks/decide/explain-repository";
import type { HookEvent } from "../hooks/settings/hook-event";

/** The body of a delivery, whichever of its two content types the webhook has; undefined for one that is not GitHub's. */
export function githubBody({ body }: HookEvent): JsonObject | undefined {
	if (!isObject(body)) return undefined;
	const form = Object.keys(body).length === 1 ? textIn(body, "payload") : undefined;
	const read = form === undefined ? body : tryReadJson(form);
	return jsonObjectSchema.safeParse(read).data;
}

/** What each event has that no other one has. `X-GitHub-Event` is not signed: the body says what it is. */
const SIGNS: readonly (readonly [event: string, ...keys: string[]])[] = [
	["ping", "zen", "hook_id"],
	["push", "ref", "before", "after"],
	["issue_comment", "issue", "comment"],
	["pull_request_review_comment", "pull_request", "comment"],
	["pull_request_review", "pull_request", "review"],
	["pull_request", "pull_request", "number"],
	["issues", "issue", "action"],
	["release", "release", "action"],
	["workflow_run", "workflow_run", "action"],
];

/** What a body is by its own keys; undefined for an event that is not known here. */
export function githubEventOf(body: JsonObject): string | undefined {
	return SIGNS.find(([, ...keys]) => keys.every((key) => Object.hasOwn(body, key)))?.[0];
}

export function readGithubEvent(event: string, body: JsonObject): RepositoryEvent {
	const ref = textIn(body, "ref");
	const sender = textIn(body, "sender", "login");
	return {
		event,
		action: textIn(body, "action"),
		repository: textIn(body, "repository", "full_name"),
		ref,
		sender,
		author: textIn(authorOf(event, body), "login") ?? textIn(body, "pusher", "name") ?? sender,
		branch: branchOf(ref) ?? textIn(body, "pull_request", "base", "ref") ?? textIn(body, "workflow_run", "head_branch"),
		labels: textsIn(valueIn(body, "pull_request", "labels") ?? valueIn(body, "issue", "labels"), "name"),
		...(event === "push" && { paths: changedPaths(body.commits) }),
	};
}

function authorOf(event: string, body: JsonObject): Json | undefined {
	if (event === "push") return body.sender;
	const from = { release: "author", workflow_run: "actor" }[event] ?? "user";
	const of = event.endsWith("comment") ? "comment" : event === "issues" ? "issue" : event;
	return valueIn(body, of, from);
}
