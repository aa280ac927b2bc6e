import { type Database, openDatabase } from "@/db/client";
import { getEnv } from "./env";
import { WeftError } from "./errors";
import { oncePerProcess } from "./once-per-process";

/** The database of the web process; the launcher passes its address to its children. */
export function getDatabase(): Database {
	return oncePerProcess("database", () => {
		const { DATABASE_URL } = getEnv();
		if (!DATABASE_URL) {
			throw new WeftError("unavailable", "DATABASE_URL is not set. Start Weft with npm start or npm run dev.");
		}
		return openDatabase(DATABASE_URL);
	});
}
