import type { DbLike } from "@/db/client";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { findVersion } from "@/server/workflows/get-version";
import type { WorkflowRow } from "@/server/workflows/workflow-ref";
import type { LiveLink } from "./open-link";

/** The version that a link of a workflow shows by now; undefined for a link of a run. */
export function shownVersion({ runId, version, workflow }: LiveLink): number | undefined {
	return runId === null ? (version ?? workflow.currentVersion ?? undefined) : undefined;
}

/** What a link of a workflow shows. Throws `invalid` while nothing is published. */
export async function readSharedVersion(
	db: DbLike,
	workflow: Pick<WorkflowRow, "id" | "name" | "currentVersion">,
	pinned: number | null,
): Promise<{ version: number; plan: Plan }> {
	const version = pinned ?? workflow.currentVersion;
	if (version === null)
		throw new WeftError("invalid", "Nothing of this workflow is published yet. Publish it, then share it.");
	const { plan } = await findVersion(db, workflow, version);
	return { version, plan };
}
