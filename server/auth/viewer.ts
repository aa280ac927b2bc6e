import type { Actor } from "@/server/runs/events";

/** The person who is signed in. */
export interface Viewer {
	userId: string;
	name: string;
	email: string;
}

export function viewerActor(viewer: Viewer): Actor {
	return { kind: "user", id: viewer.userId, name: viewer.name };
}
