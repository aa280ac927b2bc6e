import { lookup } from "node:dns/promises";
import { z } from "zod";
import { getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import { createRedact } from "@/server/execution/secrets/redact-secrets";
import { createAddressGuard } from "@/server/http/address-guard";
import { explainNetworkError, refuseHost } from "@/server/http/explain-network-error";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { oncePerProcess } from "@/server/once-per-process";
import type { Caller } from "@/server/teams/caller";
import { writeAudit } from "@/server/teams/write-audit";
import { credentialChecks } from "./checks";
import type { CheckContext, CheckResult } from "./credential-check";
import { findCredential } from "./find-credential";
import { openCredential, secretParts } from "./seal-credential";
import { openTeamKey } from "./team-key";

export const testCredentialInput = z.object({
	team: z.string().min(1).max(64),
	id: z.string().min(1).max(64),
	/** Where it is tried, for types that are tried by a request. */
	url: z.string().max(2_000).optional(),
});

const TIMEOUT_MS = 15_000;
/** What a database says of itself may be of any length. */
const MAX_MESSAGE = 500;
const MAX_ANSWER_BYTES = 1_000_000;

/** Tries a credential where it is used, and says what came of it. What it finds holds nothing of the credential. */
export async function testCredential(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof testCredentialInput>,
): Promise<CheckResult> {
	const row = await findCredential(db, actor, input);
	const check = credentialChecks[row.type];
	if (check === null) throw new WeftError("invalid", "Credentials of this kind have nothing to test.");
	const parts = openCredential(await openTeamKey(db, getMasterSecrets(), row.teamId), row);
	// Before anything is sent: whoever tries it where it does not belong has left a trace.
	const host = input.url !== undefined && URL.canParse(input.url) ? new URL(input.url).host : null;
	const target = { type: "credential", id: row.id };
	await writeAudit(db, {
		teamId: row.teamId,
		actor,
		action: "credential.tested",
		target,
		detail: { name: row.name, host },
	});
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	const context = { ...outbound(), url: input.url, signal: timeout };
	const result = await check(parts, context).catch((error: unknown) => explain(error, timeout));
	const hidden = secretParts(row.type, parts).filter((part) => part !== row.hint);
	return { ...result, message: createRedact(hidden).cut(result.message.slice(0, MAX_MESSAGE)) };
}

function explain(error: unknown, timeout: AbortSignal): CheckResult {
	if (timeout.aborted) return { verdict: "unknown", message: "There was no answer within 15 seconds. Try again." };
	if (error instanceof FatalError || error instanceof RetryableError)
		return { verdict: "unknown", message: error.message };
	throw error;
}

function outbound(): Pick<CheckContext, "fetch" | "resolve"> {
	return oncePerProcess("credential-checks", () => {
		const env = getEnv();
		const allow = env.WEFT_ALLOW_ADDRESSES;
		const isAllowed = createAddressGuard(allow);
		return {
			fetch: createOutboundFetch({ allow, authorities: readAuthorities(env), maxResponseBytes: MAX_ANSWER_BYTES }),
			async resolve(host) {
				const name = host.replace(/^\[|\]$/g, "");
				const found = await lookup(name, { all: true }).catch((error: unknown) => {
					throw explainNetworkError(error, host);
				});
				const allowed = found.find(({ address }) => isAllowed(address));
				if (!allowed) throw refuseHost(host);
				return allowed.address;
			},
		};
	});
}
