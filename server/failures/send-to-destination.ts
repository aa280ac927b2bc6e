import type { Database } from "@/db/client";
import { referencesTo } from "@/server/credentials/catalog";
import { openCredentials } from "@/server/credentials/open-credentials";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import { createRedact } from "@/server/execution/secrets/redact-secrets";
import { executorOf } from "@/server/nodes/executors";
import type { FailureText } from "@/server/plan/node-definition";
import { withoutPaths } from "./describe-destination";
import { configOf, type Fields, fieldsOfKind, findTelling } from "./destination-kinds";
import { createNoticeContext, type NoticeServices } from "./notice-context";

/** A far side that has not answered by then is asked again later, so that it keeps nobody else waiting. */
const TIMEOUT_MS = 15_000;
const MAX_PROBLEM = 500;

interface Unsent {
	isSent: false;
	/** Why, without anything secret. */
	problem: string;
	/** Whether another try may help, after so long as the far side says. */
	mayPass: boolean;
	retryAfterSeconds?: number | undefined;
}
export type Sent = { isSent: true } | Unsent;

interface Sending {
	database: Pick<Database, "db">;
	services: NoticeServices;
	teamId: string;
	/** See `NoticeCall`. */
	id: string;
	attempt: number;
}

interface Destination {
	type: string;
	fields: Fields;
}

/** Has a step of the destination's type tell of a failure. Says what the far side or the settings are to blame for. */
export async function sendToDestination(sending: Sending, destination: Destination, told: FailureText): Promise<Sent> {
	let secrets: Fields = {};
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	try {
		secrets = await openSecrets(sending, destination);
		const { executor, config } = stepFor({ ...destination, fields: { ...destination.fields, ...secrets } }, told);
		await executor.run(config, createNoticeContext(sending.services, { ...sending, signal }));
		return { isSent: true };
	} catch (error) {
		const unsent = explain(error, signal);
		const shown = withoutPaths(unsent.problem, destination.fields);
		return { ...unsent, problem: createRedact(Object.values(secrets)).cut(shown.slice(0, MAX_PROBLEM)) };
	}
}

function stepFor({ type, fields }: Destination, told: FailureText) {
	const telling = findTelling(type);
	const executor = executorOf(type);
	if (telling !== undefined && executor?.kind === "step") return { executor, config: configOf(telling, fields, told) };
	throw new FatalError("This version of Weft does not know this kind of destination. Choose another one.");
}

/** The values of the credentials that a destination names, by field. */
async function openSecrets(sending: Sending, { type, fields }: Destination): Promise<Fields> {
	const telling = findTelling(type);
	const entries = (telling === undefined ? [] : fieldsOfKind(telling)).flatMap(({ key, credentials }) => {
		const name = fields[key];
		return credentials === null || !name ? [] : [{ key, name, parts: [...new Set(Object.values(credentials))] }];
	});
	const read = entries.map(async ({ key, ...credential }) => [key, await openOne(sending, credential)] as const);
	return Object.fromEntries(await Promise.all(read));
}

async function openOne({ database, teamId }: Sending, credential: { name: string; parts: string[] }): Promise<string> {
	const references = referencesTo(credential);
	const reader = { teamId, actor: { kind: "system" as const, name: "Weft" } };
	const [value] = Object.values(await openCredentials(database, reader, references));
	if (value !== undefined) return value;
	throw new FatalError(
		`The team has no credential “${credential.name}” any more. Choose another one, or add it again.`,
	);
}

function explain(error: unknown, timeout: AbortSignal): Unsent {
	if (timeout.aborted) return { isSent: false, problem: "There was no answer within 15 seconds.", mayPass: true };
	if (error instanceof RetryableError)
		return { isSent: false, problem: error.message, mayPass: true, retryAfterSeconds: error.retryAfterSeconds };
	if (error instanceof FatalError || error instanceof WeftError)
		return { isSent: false, problem: error.message, mayPass: false };
	throw error;
}
