import postgres from "postgres";
import type { Sql } from "@/db/client";

const RECONNECT_SECONDS = 0.2;

/** One connection to the database of a pool, never exchanged for another one while it lives. */
export function openSession(pool: Sql, onClose: () => void): Sql {
	const options = {
		...pool.options,
		max: 1,
		idle_timeout: undefined,
		max_lifetime: null,
		backoff: () => RECONNECT_SECONDS,
		onclose: onClose,
	};
	return postgres(asOptions(options));
}

/** postgres.js accepts the options of a pool (its LISTEN connections are opened with them); its types do not say so. */
function asOptions(options: object): postgres.Options<Record<string, never>> {
	return options as postgres.Options<Record<string, never>>;
}
