import type { Actor } from "@/server/runs/events";

/** What a session's token says of it. */
export interface Session {
	id: string;
	/** `users.sessionEpoch` when it began. */
	epoch: number;
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
