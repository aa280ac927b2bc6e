import { isObject, type Json, type JsonObject } from "../../../plan/values/json";
import { shorten } from "../../../plan/values/text-problem";
import type { RepositorySettings } from "../settings/repository-settings";
import { matchPatterns } from "./match-patterns";

/** What a host of repositories tells of something that happened, read from the body of its request. */
export interface RepositoryEvent {
	/** As in `push`, of what the body is. */
	event: string;
	action?: string | undefined;
	/** With its owner, as in `acme/shop`. */
	repository?: string | undefined;
	ref?: string | undefined;
	/** None of a tag, nor of what belongs to no branch. */
	branch?: string | undefined;
	/** Whose account has caused it. */
	sender?: string | undefined;
	/** Who has written it; the sender where the host names nobody else. */
	author?: string | undefined;
	/** Undefined where there are none, as of a push. */
	labels?: string[] | undefined;
	/** Undefined where the host names none. */
	paths?: string[] | undefined;
}

type Filters = Pick<RepositorySettings, "actions" | "branches" | "paths" | "labels" | "authors">;

/** Why the filters of a trigger leave an event out, in a sentence; undefined where they let it pass. */
export function explainRepository(filters: Filters, event: RepositoryEvent): string | undefined {
	return (
		explainAction(filters.actions, event) ??
		explainBranch(filters.branches, event) ??
		explainAuthor(filters.authors, event) ??
		explainLabels(filters.labels, event.labels) ??
		explainPaths(filters.paths, event.paths)
	);
}

function explainAction(actions: readonly string[], { event, action }: RepositoryEvent): string | undefined {
	if (actions.length === 0 || action === undefined || actions.includes(action)) return undefined;
	return `The action “${shorten(action, 60)}” of ${event} is none of ${list(actions)}.`;
}

function explainBranch(branches: readonly string[], { ref, branch }: RepositoryEvent): string | undefined {
	if (branches.length === 0) return undefined;
	if (branch !== undefined)
		return matchPatterns(branches)(branch)
			? undefined
			: `The branch “${shorten(branch, 100)}” is none of ${list(branches)}.`;
	return ref === undefined ? undefined : `It is about “${shorten(ref, 100)}”, which is no branch.`;
}

function explainAuthor(authors: readonly string[], { author }: RepositoryEvent): string | undefined {
	if (authors.length === 0) return undefined;
	if (author === undefined) return `Nobody is named who has written it; asked for: ${list(authors)}.`;
	if (matchPatterns(authors, { ignoreCase: true })(author)) return undefined;
	return `Its author “${shorten(author, 100)}” is none of ${list(authors)}.`;
}

function explainLabels(patterns: readonly string[], labels: readonly string[] | undefined): string | undefined {
	if (patterns.length === 0 || labels === undefined) return undefined;
	const isLeftOut = !labels.every(matchPatterns(patterns.filter((pattern) => pattern.startsWith("!"))));
	const wanted = patterns.filter((pattern) => !pattern.startsWith("!"));
	const isMeant = wanted.length === 0 || labels.some(matchPatterns(wanted));
	if (isMeant && !isLeftOut) return undefined;
	const has = labels.length === 0 ? "It has no label" : `Its labels (${list(labels)}) do not fit`;
	return `${has}; asked for: ${list(patterns)}.`;
}

/** A push of more files than that is let through: nobody waits for so many comparisons. */
const MOST_PATHS = 5_000;

function explainPaths(patterns: readonly string[], paths: readonly string[] | undefined): string | undefined {
	if (patterns.length === 0 || paths === undefined || paths.length > MOST_PATHS) return undefined;
	if (paths.some(matchPatterns(patterns))) return undefined;
	return `None of the ${paths.length} changed files is one of ${list(patterns)}${paths.length === 0 ? "" : `: ${list(paths)}`}.`;
}

function list(values: readonly string[]): string {
	const shown = values.slice(0, 4).map((value) => shorten(value, 60));
	return values.length > 4 ? `${shown.join(", ")} and ${values.length - 4} more` : shown.join(", ");
}

/** The text behind keys that are looked up one in the other; undefined for anything else. */
export function textIn(value: Json | undefined, ...path: string[]): string | undefined {
	const found = valueIn(value, ...path);
	return typeof found === "string" ? found : undefined;
}

export function valueIn(value: Json | undefined, ...path: string[]): Json | undefined {
	let found = value;
	for (const key of path)
		found = found !== undefined && isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
	return found;
}

/** The texts behind a key of each entry of a list; undefined where there is no list. */
export function textsIn(value: Json | undefined, key: string): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	return value.flatMap((entry) => textIn(entry, key) ?? []);
}

/** The files that the commits of a push add, change or remove, each once. */
export function changedPaths(commits: Json | undefined): string[] | undefined {
	if (!Array.isArray(commits)) return undefined;
	const paths = commits.flatMap((commit) =>
		["added", "modified", "removed"].flatMap((key) => {
			const files = valueIn(commit, key);
			return Array.isArray(files) ? files.filter((file) => typeof file === "string") : [];
		}),
	);
	return [...new Set(paths)];
}

/** The branch of a full reference; undefined for a tag. */
export function branchOf(ref: string | undefined): string | undefined {
	return ref?.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
}

/** What steps read of it beside the whole body. */
export function repositoryPayload({ author: _, labels: __, paths: ___, ...event }: RepositoryEvent): JsonObject {
	return Object.fromEntries(
		Object.entries(event).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
	);
}
