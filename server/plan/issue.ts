import type { NodeId } from "./plan";

/**
 * One problem of a plan. `error` keeps it from being published or run, `warning` does not.
 * `field` is the path inside the node (`config.url`, `retry.maxAttempts`, `edges.true`), or inside the plan when
 * there is no `nodeId`.
 */
export interface Issue {
	severity: "error" | "warning";
	nodeId?: NodeId;
	field?: string;
	/** A stable, machine-readable name such as `unknown_reference`. */
	code: string;
	/** What is wrong, where, and what to do, in one plain sentence or two. */
	message: string;
	/** A replacement for the text that is wrong, when one is likely (`steps.scan.output`). */
	suggestion?: string;
	/** The step that would have to come before this one, when a connection between the two is the likely correction. */
	needs?: NodeId;
	/** The name of the credential that is missing. */
	credential?: string;
}

/** Whether it keeps a plan from being published or run. */
export function isError({ severity }: Pick<Issue, "severity">): boolean {
	return severity === "error";
}

/** More than this helps nobody, and takes long to send. */
const MAX_TOLD = 1_000;

/** The issues that are worth telling: of very many, the errors first. */
export function tellIssues(issues: readonly Issue[]): Issue[] {
	if (issues.length <= MAX_TOLD) return [...issues];
	return [...issues.filter(isError), ...issues.filter((issue) => !isError(issue))].slice(0, MAX_TOLD);
}
