"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { signInPath } from "../auth/return-path";
import { showError } from "../ui/toaster";
import { TRPCProvider } from "./client";
import { createClient } from "./links";
import { createQueryClient } from "./query-client";

/** Server data for the pages of a team. A session that ended leads to signing in and back to this page. */
export function DataProvider({ children }: { children: ReactNode }) {
	const [queryClient] = useState(() => createQueryClient({ onSessionEnded: leaveToSignIn, onError: showError }));
	const [client] = useState(createClient);
	return (
		<QueryClientProvider client={queryClient}>
			<TRPCProvider trpcClient={client} queryClient={queryClient}>
				{children}
			</TRPCProvider>
		</QueryClientProvider>
	);
}

/** A whole page load, so that nothing of the ended session stays in memory. */
function leaveToSignIn(): void {
	location.assign(signInPath(location.pathname + location.search));
}
