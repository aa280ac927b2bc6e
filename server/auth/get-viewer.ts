import { headers } from "next/headers";
import { cache } from "react";
import { getDatabase } from "@/server/database";
import { clientAddress } from "@/server/http/client-address";
import { readSessionToken } from "./current-session";
import { findViewer } from "./find-viewer";
import type { Viewer } from "./viewer";

/** Who is signed in, for server components, server actions and route handlers; asked once per request. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
	const token = await readSessionToken();
	if (token === undefined) return null;
	return await findViewer(getDatabase(), { token, address: clientAddress(await headers()) });
});
