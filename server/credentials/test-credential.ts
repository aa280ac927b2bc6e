import { z } from "zod";
import type { Db } from "@/db/client";
import { getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import { createRedact } from "@/server/execution/secrets/redact-secrets";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { createResolveAllowed } from "@/server/http/resolve-allowed";
import { oncePerProcess } from "@/server/once-per-process";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { type AuditEntry, writeAudit } from "@/server/teams/write-audit";
import { CREDENTIAL_TYPES, type CredentialType, credentialDefinition } from "./catalog";
import { credentialChecks } from "./checks";
import type { CheckContext, CheckResult } from "./credential-check";
import { type CredentialParts, credentialValues, withoutEmpty } from "./credential-definition";
import { findCredential } from "./find-credential";
import { openCredential, partsOf, secretParts } from "./seal-credential";
import { refuseWrongValues } from "./set-credential";
import { openTeamKey } from "./team-key";

const where = {
	team: z.string().min(1).max(64),
	/** Where it is tried, for types that are tried by a request. */
	url: z.string().max(2_000).optional(),
};
export const testCredentialInput = z.object({ ...where, id: z.string().min(1).max(64) });
export const testValuesInput = z
	.object({ ...where, type: z.enum(CREDENTIAL_TYPES), values: credentialValues })
	.superRefine(refuseWrongValues);

const TIMEOUT_MS = 15_000;
/** What a database says of itself may be of any length. */
const MAX_MESSAGE = 500;
const MAX_ANSWER_BYTES = 1_000_000;

/** What one person tries in an hour: each is a request that this server makes. */
const TRIED = { points: 120, duration: 3_600 };

/** Tries a credential where it is used, and says what came of it. What it finds holds nothing of the credential. */
export async function testCredential(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof testCredentialInput>,
): Promise<CheckResult> {
	const row = await findCredential(db, actor, input);
	const { id, name, hint, teamId, type } = row;
	const parts = openCredential(await openTeamKey(db, getMasterSecrets(), teamId), row);
	// Before anything is sent: whoever tries it where it does not belong has left a trace.
	await traceTest(db, { teamId, actor, url: input.url, target: { type: "credential", id }, name });
	return await tryParts({ type, parts, hint, url: input.url });
}

/** The same of values that are not saved yet. */
export async function testValues(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof testValuesInput>,
): Promise<CheckResult> {
	const { team } = await requireMember(db, actor, input.team, "credential:own");
	const { type, url } = input;
	const values = withoutEmpty(input.values);
	const name = `${credentialDefinition(type).title}, not saved`;
	await traceTest(db, { teamId: team.id, actor, url, target: { type: "team", id: team.id }, name });
	return await tryParts({ type, url, parts: partsOf(type, values), hint: credentialDefinition(type).hint(values) });
}

interface Trace extends Pick<AuditEntry, "teamId" | "actor" | "target"> {
	name: string;
	url: string | undefined;
}

async function traceTest(db: Db, { name, url, ...entry }: Trace): Promise<void> {
	const tester = entry.actor.kind === "user" ? entry.actor.id : entry.actor.kind;
	await countUse(sharedLimiter(db, "credentials-tested", TRIED), tester, "Too many credentials were tested");
	const host = url !== undefined && URL.canParse(url) ? new URL(url).host : null;
	await writeAudit(db, { ...entry, action: "credential.tested", detail: { name, host } });
}

interface Tried {
	type: CredentialType;
	parts: CredentialParts;
	/** What may be shown of it. */
	hint: string;
	url: string | undefined;
}

async function tryParts({ type, parts, hint, url }: Tried): Promise<CheckResult> {
	const check = credentialChecks[type];
	if (check === null) throw new WeftError("invalid", "Credentials of this kind have nothing to test.");
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	const context = { ...outbound(), url, signal: timeout };
	const result = await check(parts, context).catch((error: unknown) => explain(error, timeout));
	const hidden = secretParts(type, parts).filter((part) => part !== hint);
	return { ...result, message: createRedact(hidden).cut(result.message.slice(0, MAX_MESSAGE)) };
}

function explain(error: unknown, timeout: AbortSignal): CheckResult {
	if (timeout.aborted) return { verdict: "unknown", message: "There was no answer within 15 seconds. Try again." };
	if (error instanceof FatalError || error instanceof RetryableError)
		return { verdict: "unknown", message: error.message };
	throw error;
}

function outbound(): Pick<CheckContext, "fetch" | "resolve" | "authorities"> {
	return oncePerProcess("credential-checks", () => {
		const env = getEnv();
		const allow = env.WEFT_ALLOW_ADDRESSES;
		const authorities = readAuthorities(env);
		return {
			fetch: createOutboundFetch({ allow, authorities, maxResponseBytes: MAX_ANSWER_BYTES }),
			resolve: createResolveAllowed(allow),
			authorities,
		};
	});
}
