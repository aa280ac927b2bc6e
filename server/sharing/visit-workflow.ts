import type { z } from "zod";
import { WeftError } from "@/server/errors";
import { type LiveLink, openLink, type Visitor } from "./open-link";
import { createShareFilter, type ShareFilter } from "./share-filter";
import { sharePlan } from "./share-plan";
import { readSharedVersion } from "./shared-version";
import type { linkInput } from "./visit-run";

/** The workflow of a link, as far as it shows it. Throws as `openLink` does, and `not_found` for a link of a run. */
export async function visitWorkflow(visitor: Visitor, { token }: z.infer<typeof linkInput>) {
	const link = await openLink(visitor, token);
	return await describeWorkflow(visitor, link);
}

async function describeWorkflow({ database: { db } }: Visitor, link: LiveLink) {
	if (link.runId !== null) throw new WeftError("not_found", "This link shows a run. Reload the page.");
	const filter = workflowFilter(link.shows.settings);
	const { version, plan } = await readSharedVersion(db, link.workflow, link.version);
	return {
		...{ name: link.workflow.name, teamName: link.teamName, version, isPinned: link.version !== null },
		...{ plan: sharePlan(plan, filter), shows: filter.shows, expiresAt: link.expiresAt, redacted: filter.redacted() },
	};
}

/** A workflow has no values of runs: its settings are shown without keys, or not at all. */
export function workflowFilter(settings: boolean): ShareFilter {
	return createShareFilter({ settings, inputs: false, outputs: false, logs: false }, (text) => text);
}
