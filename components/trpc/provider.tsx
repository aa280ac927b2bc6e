"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { noteSessionEnd } from "../auth/session";
import { showError, showWaiting } from "../ui/toasts/toaster";
import { TRPCProvider } from "./client";
import { createClient } from "./links";
import { createQueryClient } from "./query-client";
import { watchConnection } from "./watch-connection";

const REACTIONS = { onSessionEnded: noteSessionEnd, onWaiting: showWaiting, onError: showError };

/** Server data for the pages of a team. */
export function DataProvider({ children }: { children: ReactNode }) {
	const [queryClient] = useState(() => createQueryClient(REACTIONS));
	const [client] = useState(createClient);
	useEffect(watchConnection, []);
	return (
		<QueryClientProvider client={queryClient}>
			<TRPCProvider trpcClient={client} queryClient={queryClient}>
				{children}
			</TRPCProvider>
		</QueryClientProvider>
	);
}
