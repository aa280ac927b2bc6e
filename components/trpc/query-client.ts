import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { errorText, httpStatus, isWorthRetrying } from "./error-text";

declare module "@tanstack/react-query" {
	interface Register {
		mutationMeta: {
			/** The place that started it shows its error itself. */
			ownError?: boolean;
		};
	}
}

interface Reactions {
	/** The session is over: somebody must sign in again. */
	onSessionEnded: () => void;
	/** A change failed and nothing on the page says so. */
	onError: (message: string) => void;
}

export function createQueryClient({ onSessionEnded, onError }: Reactions): QueryClient {
	const endSession = (error: Error) => {
		const ended = httpStatus(error) === 401;
		if (ended) onSessionEnded();
		return ended;
	};
	return new QueryClient({
		defaultOptions: {
			queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && isWorthRetrying(error) },
		},
		queryCache: new QueryCache({ onError: endSession }),
		mutationCache: new MutationCache({
			onError: (error, _variables, _result, mutation) => {
				if (!endSession(error) && !mutation.meta?.ownError) onError(errorText(error));
			},
		}),
	});
}
