import { timingSafeEqual } from "node:crypto";
import { deriveKey, getMasterSecret, getMasterSecrets } from "../server/derive-key";

/** The parameter of the worker's address that carries the key. */
export const WORKER_KEY = "key";

/**
 * What a caller of the worker has to know where no signing key is set: others on this machine, the commands of steps among
 * them, reach its port too. An Inngest server keeps the parameters of the address that it is given.
 */
export function getWorkerKey(): string {
	return keyOf(getMasterSecret());
}

function keyOf(secret: string): string {
	return deriveKey(secret, "worker port").toString("base64url");
}

/** Whether a URL carries the key, compared in constant time. */
export function hasWorkerKey(address: URL): boolean {
	const given = Buffer.from(address.searchParams.get(WORKER_KEY) ?? "");
	return getMasterSecrets().some((secret) => {
		const wanted = Buffer.from(keyOf(secret));
		return given.length === wanted.length && timingSafeEqual(given, wanted);
	});
}
