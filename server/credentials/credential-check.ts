import type { OutboundFetch } from "@/server/http/outbound-fetch";
import type { CredentialParts } from "./credential-definition";

/** What a check of a credential may use, beside its parts. */
export interface CheckContext {
	/** Where the person wants it tried, for types that are tried by a request. */
	url: string | undefined;
	fetch: OutboundFetch;
	/** An address of a host that connections may be made to; throws `FatalError` where there is none. */
	resolve(host: string): Promise<string>;
	/** Certificates of authorities that are trusted beside the public ones, in PEM. */
	authorities: string | undefined;
	signal: AbortSignal;
}

/** What a check found, in one sentence. */
export interface CheckResult {
	/** `unknown`: the answer says nothing about the credential. */
	verdict: "works" | "refused" | "unknown";
	message: string;
}

/** Tries a credential where it is used. A network that fails throws `FatalError` or `RetryableError`. */
export type CheckCredential = (parts: CredentialParts, context: CheckContext) => Promise<CheckResult>;
