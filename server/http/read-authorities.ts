import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Env } from "../env";
import { WeftError } from "../errors";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates to trust beside the public ones, in PEM; undefined if WEFT_CA_FILE is not set. With a list of its own
 * Node.js ignores NODE_EXTRA_CA_CERTS, so the list includes that file.
 * Throws a `WeftError` of one line when the file of WEFT_CA_FILE cannot be read or holds none.
 */
export function readAuthorities(env: Pick<Env, "WEFT_CA_FILE" | "NODE_EXTRA_CA_CERTS">): string | undefined {
	if (env.WEFT_CA_FILE === undefined) return undefined;
	return [...readCertificates(env.WEFT_CA_FILE), ...readExtra(env.NODE_EXTRA_CA_CERTS)].join("\n");
}

function readCertificates(path: string): string[] {
	try {
		const certificates = readFileSync(path, "utf8").match(CERTIFICATE) ?? [];
		if (certificates.length === 0) throw new Error("it holds no certificate in PEM");
		for (const certificate of certificates) new X509Certificate(certificate);
		return certificates;
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new WeftError("invalid", `WEFT_CA_FILE cannot be used: ${why}.`, { cause });
	}
}

/** Node.js warns of a file that it cannot read, and goes on without it. */
function readExtra(path: string | undefined): string[] {
	if (path === undefined) return [];
	try {
		return readFileSync(path, "utf8").match(CERTIFICATE) ?? [];
	} catch {
		return [];
	}
}
