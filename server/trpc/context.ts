import { headers } from "next/headers";
import { getViewer } from "@/server/auth/get-viewer";
import { getDatabase } from "@/server/database";
import { clientAddress } from "@/server/http/client-address";
import type { Context } from "./init";
import { RequestBudget } from "./request-budget";

/** The context of a request of this server: the session's person and the process's database. */
export async function createContext(): Promise<Context> {
	const address = clientAddress(await headers());
	return { database: getDatabase(), viewer: await getViewer(), address, budget: new RequestBudget() };
}
