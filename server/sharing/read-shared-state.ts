import type { z } from "zod";
import { foldRun, initialRunState, type RunState } from "@/server/runs/state";
import type { Visitor } from "./open-link";
import { readSharedPage } from "./read-shared-page";
import { enterRun, type linkInput } from "./visit-run";

/** How the run of a link stands, for a first look: the beginning of a long one, whose page then reads on. */
export async function readSharedState(visitor: Visitor, { token }: z.infer<typeof linkInput>): Promise<RunState> {
	const { runId, filter } = await enterRun(visitor, token);
	return foldRun(initialRunState, await readSharedPage(visitor.database.sql, { runId, filter, after: 0 }));
}
