import type { Sql } from "@/db/client";
import type { RunEvent } from "@/server/runs/events";
import { RunCursors } from "@/server/runs/watch/run-cursors";
import { shareEvent } from "./share-event";
import type { ShareFilter } from "./share-filter";

interface SharedPage {
	runId: string;
	filter: ShareFilter;
	/** The `seq` before the first event. */
	after: number;
}

/** The next events of a run that are recorded, as a link shows them: as many as are read at once. */
export async function readSharedPage(sql: Sql, { runId, filter, after }: SharedPage): Promise<RunEvent[]> {
	const cursors = new RunCursors(sql, new Map([[runId, after]]));
	for await (const { events } of cursors.read()) return events.map((event) => shareEvent(event, filter));
	return [];
}
