import { cache } from "react";
import { getDatabase } from "@/server/database";
import { auth } from "./auth";
import { findViewer } from "./find-viewer";
import type { Viewer } from "./viewer";

/** Who is signed in, for server components, server actions and route handlers; asked once per request. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
	const session = await auth();
	return session ? await findViewer(getDatabase(), { ...session, userId: session.user?.id }) : null;
});
