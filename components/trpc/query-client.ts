import { MutationCache, onlineManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { errorText, httpStatus, isWorthRetrying } from "./error-text";

declare module "@tanstack/react-query" {
	interface Register {
		mutationMeta: {
			/** The place that started it shows its error itself. */
			ownError?: boolean;
			/** Nobody asked for it. */
			isBackground?: boolean;
		};
	}
}

const WAITS = "You are offline. This will be done when the connection is back.";

interface Reactions {
	/** The session is over: somebody must sign in again, to read or to have something done. */
	onSessionEnded: (wanted: "read" | "change") => void;
	/** A change waits for the connection. */
	onWaiting: (message: string) => void;
	/** A change failed and nothing on the page says so. */
	onError: (message: string) => void;
}

export function createQueryClient({ onSessionEnded, onWaiting, onError }: Reactions): QueryClient {
	const endSession = (error: Error, wanted: "read" | "change") => {
		const ended = httpStatus(error) === 401;
		if (ended) onSessionEnded(wanted);
		return ended;
	};
	return new QueryClient({
		defaultOptions: {
			queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && isWorthRetrying(error) },
		},
		queryCache: new QueryCache({ onError: (error) => void endSession(error, "read") }),
		mutationCache: new MutationCache({
			onMutate: (_variables, { options }) => {
				if (!onlineManager.isOnline() && options.networkMode !== "always") onWaiting(WAITS);
			},
			onError: (error, _variables, _result, mutation) => {
				const { isBackground, ownError } = mutation.meta ?? {};
				if (!endSession(error, isBackground ? "read" : "change") && !ownError) onError(errorText(error));
			},
		}),
	});
}
