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

/** How much of a run is read at once: the page that goes beyond either is the last. */
interface Bounds {
	events: number;
	/** Characters of JSON. */
	text: number;
}

/** The first events of a run as a link shows them, however they are read: a page more than `most` at the most. */
export async function readSharedEvents(
	sql: Sql,
	{ most, ...of }: Omit<SharedPage, "after"> & { most: Bounds },
): Promise<RunEvent[]> {
	const found: RunEvent[] = [];
	let page: RunEvent[];
	let text = 0;
	do {
		page = await readSharedPage(sql, { ...of, after: found.at(-1)?.seq ?? 0 });
		found.push(...page);
		text += JSON.stringify(page).length;
	} while (page.length > 0 && found.length < most.events && text < most.text);
	return found;
}
