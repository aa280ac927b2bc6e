import { getViewer } from "@/server/auth/get-viewer";
import { getDatabase } from "@/server/database";
import type { Context } from "./init";
import { RequestBudget } from "./request-budget";

/** The context of a request of this server: the session's person and the process's database. */
export async function createContext(): Promise<Context> {
	return { database: getDatabase(), viewer: await getViewer(), budget: new RequestBudget() };
}
