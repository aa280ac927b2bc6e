import type { JsonObject } from "../../plan/values/json";
import {
	branchOf,
	changedPaths,
	type RepositoryEvent,
	textIn,
	textsIn,
	valueIn,
} from "../hooks/decide/explain-repository";

export function readGitlabEvent(event: string, body: JsonObject): RepositoryEvent {
	const ref = textIn(body, "ref");
	const sender = textIn(body, "user", "username") ?? textIn(body, "user_username");
	return {
		event,
		action: textIn(body, "object_attributes", "action"),
		repository: textIn(body, "project", "path_with_namespace"),
		ref,
		branch: branchOf(ref) ?? textIn(body, "object_attributes", "target_branch"),
		sender,
		author: sender,
		labels: textsIn(valueIn(body, "labels"), "title"),
		...(event === "push" && { paths: changedPaths(body.commits) }),
	};
}
