import type { Actor } from "@/server/runs/events";

/** A person's session, as it is kept in the database. */
export interface Session {
	id: string;
}

/** The person who is signed in. */
export interface Viewer {
	userId: string;
	name: string;
	email: string;
	session: Session;
}

export function viewerActor(viewer: Viewer): Actor {
	return { kind: "user", id: viewer.userId, name: viewer.name };
}
