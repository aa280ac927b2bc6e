import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { WeftError } from "../errors";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file. Throws a `WeftError` of one line when it cannot be read or holds none. */
export function readAuthorities(path: string): string {
	try {
		const certificates = readFileSync(path, "utf8").match(CERTIFICATE) ?? [];
		if (certificates.length === 0) throw new Error("it holds no certificate in PEM");
		for (const certificate of certificates) new X509Certificate(certificate);
		return certificates.join("\n");
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new WeftError("invalid", `WEFT_CA_FILE cannot be used: ${why}.`, { cause });
	}
}
