import type { z } from "zod";
import { foldRun, initialRunState, type RunState } from "@/server/runs/state";
import { RunCursors } from "@/server/runs/watch/run-cursors";
import type { Visitor } from "./open-link";
import { shareEvent } from "./share-event";
import { enterRun, type linkInput } from "./visit-run";

/** How the run of a link stands, for a first look: the beginning of a long one, whose page then reads on. */
export async function readSharedState(visitor: Visitor, { token }: z.infer<typeof linkInput>): Promise<RunState> {
	const { runId, filter } = await enterRun(visitor, token);
	const cursors = new RunCursors(visitor.database.sql, new Map([[runId, 0]]));
	for await (const { events } of cursors.read()) {
		return foldRun(
			initialRunState,
			events.map((event) => shareEvent(event, filter)),
		);
	}
	return initialRunState;
}
