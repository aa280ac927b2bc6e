import { openDatabase, type Sql } from "../db/client";
import { findDatabaseUrl } from "../server/launcher/test-launcher";

/** What no page can do, in the database of the app under test. */
export async function inDatabase(work: (sql: Sql) => Promise<unknown>): Promise<void> {
	const { sql, close } = openDatabase(findDatabaseUrl(process.env.WEFT_E2E_DATA ?? ""), { max: 1 });
	try {
		await work(sql);
	} finally {
		await close();
	}
}
