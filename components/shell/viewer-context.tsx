"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Outputs } from "../trpc/types";

export type Me = Outputs["viewer"]["me"];
export type MyTeam = Me["teams"][number];

interface ViewerValue {
	user: Me["user"];
	teams: readonly MyTeam[];
	/** The team of this page. */
	team: MyTeam;
	/** How full the person's inbox is, over all their teams. */
	inbox: Me["inbox"];
	/** Whether this server sends mail. */
	sendsMail: Me["sendsMail"];
	/** Ends the session; a server action. */
	signOut: () => Promise<void>;
}

const ViewerContext = createContext<ViewerValue | null>(null);

export function ViewerProvider({ value, children }: { value: ViewerValue; children: ReactNode }) {
	return <ViewerContext.Provider value={value}>{children}</ViewerContext.Provider>;
}

/** Who is looking, and which team's page it is. */
export function useViewer(): ViewerValue {
	const value = useContext(ViewerContext);
	if (!value) throw new Error("useViewer needs the page of a team around it");
	return value;
}
