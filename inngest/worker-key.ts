import { timingSafeEqual } from "node:crypto";
import { deriveKeys, getMasterSecrets, type MasterSecrets } from "../server/derive-key";

/** The parameter of the worker's address that carries the key. */
export const WORKER_KEY = "key";

/** Stands between the keys of the address; none of theirs is one. */
const BETWEEN = ".";
/** Those of two secrets, one of which is being replaced. */
const MOST_KEYS = 2;

/**
 * What a caller of the worker has to know where no signing key is set: others on this machine, the commands of steps among
 * them, reach its port too. An Inngest server keeps the parameters of the address that it is given. While the master secret
 * is replaced, a key of each: web and workers, restarted one after the other, each know at least one of them.
 */
export function getWorkerKey(secrets = getMasterSecrets()): string {
	return keysOf(secrets).join(BETWEEN);
}

/** Whether a URL carries one of the keys, compared in constant time. */
export function hasWorkerKey(address: URL, secrets = getMasterSecrets()): boolean {
	const given = (address.searchParams.get(WORKER_KEY) ?? "").split(BETWEEN, MOST_KEYS).map((key) => Buffer.from(key));
	const wanted = keysOf(secrets).map((key) => Buffer.from(key));
	return given.some((one) => wanted.some((key) => one.length === key.length && timingSafeEqual(one, key)));
}

function keysOf(secrets: MasterSecrets): string[] {
	return deriveKeys(secrets, "worker port").map((key) => key.toString("base64url"));
}
