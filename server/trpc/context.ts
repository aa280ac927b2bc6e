import { getViewer } from "@/server/auth/get-viewer";
import { getDatabase } from "@/server/database";
import type { Context } from "./init";

/** The context of a request of this server: the session's person and the process's database. */
export async function createContext(): Promise<Context> {
	return { database: getDatabase(), viewer: await getViewer() };
}
