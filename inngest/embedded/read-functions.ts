import { z } from "zod";
import { parseDuration } from "./duration";
import { EngineError } from "./engine-error";
import { compileExpression } from "./expression";
import { ENDPOINT, HEADERS } from "./protocol";
import type { Handler } from "./serve";

/** A limit on how many steps execute at once, per value of `key`. */
export interface ConcurrencyLimit {
	limit: number;
	key?: string;
	/** Functions with the same scope share the limit. */
	scope: string;
}

/** What the engine needs to know of an Inngest function. */
export interface EngineFunction {
	id: string;
	triggers: { event: string; if?: string }[];
	crons: string[];
	maxAttempts: number;
	concurrency: ConcurrencyLimit[];
	idempotency?: string;
	cancel: { event: string; if?: string; timeoutMs?: number }[];
}

const DEFAULT_RETRIES = 3;

const concurrencySchema = z.strictObject({
	limit: z.number().int().nonnegative(),
	key: z.string().optional(),
	scope: z.enum(["fn", "env", "account"]).default("fn"),
});

/** Strict: an option that the engine does not know is an error, never silently ignored. */
const configSchema = z.strictObject({
	id: z.string(),
	name: z.string().optional(),
	triggers: z.array(
		z.union([
			z.strictObject({ event: z.string(), expression: z.string().optional() }),
			z.strictObject({ cron: z.string() }),
		]),
	),
	steps: z.record(z.string(), z.object({ retries: z.object({ attempts: z.number().optional() }).optional() })),
	idempotency: z.string().optional(),
	concurrency: z
		.union([
			z.number().transform((limit) => [{ limit, scope: "fn" as const }]),
			z.array(concurrencySchema),
			concurrencySchema.transform((one) => [one]),
		])
		.default([]),
	cancel: z
		.array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
		.default([]),
});

const syncSchema = z.object({ functions: z.array(z.record(z.string(), z.unknown())) });

/**
 * Asks the SDK's handler for its functions by the public in-band sync request.
 *
 * @throws EngineError naming the function and the option, if one needs something that the engine does not do
 */
export async function readFunctions(handler: Handler): Promise<Map<string, EngineFunction>> {
	const { status, body } = await handler({
		method: "PUT",
		url: new URL(ENDPOINT),
		headers: { ...HEADERS, "x-inngest-sync-kind": "in_band" },
		body: JSON.stringify({ url: ENDPOINT }),
	});
	if (status !== 200) throw new EngineError(`The Inngest functions could not be read: ${status} ${body}`);
	const configs = syncSchema.parse(JSON.parse(body)).functions.map(readFunction);
	return new Map(configs.map((config) => [config.id, config]));
}

function readFunction(raw: Record<string, unknown>): EngineFunction {
	const parsed = configSchema.safeParse(raw);
	if (!parsed.success) throw refusal(String(raw.id), parsed.error);
	const config = parsed.data;
	const fn: EngineFunction = {
		id: config.id,
		triggers: config.triggers.flatMap((t) => ("event" in t ? [{ event: t.event, if: t.expression }] : [])),
		crons: config.triggers.flatMap((t) => ("cron" in t ? [t.cron] : [])),
		maxAttempts: (Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES) + 1,
		concurrency: config.concurrency.map(({ scope, ...limit }, index) => ({
			...limit,
			scope: scope === "fn" ? `${config.id}#${index}` : scope,
		})),
		idempotency: config.idempotency,
		cancel: config.cancel.map(({ timeout, ...cancel }) => ({
			...cancel,
			timeoutMs: timeout === undefined ? undefined : parseDuration(timeout),
		})),
	};
	checkExpressions(fn);
	return fn;
}

function refusal(functionId: string, error: z.ZodError): EngineError {
	const [issue] = error.issues;
	const option =
		issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : (issue?.path.join(".") ?? "configuration");
	return new EngineError(
		`The function ${functionId} uses "${option}", which the embedded engine does not support. Remove it or set WEFT_ENGINE=inngest.`,
	);
}

function checkExpressions(fn: EngineFunction): void {
	const expressions = [
		...fn.triggers.map((t) => t.if),
		...fn.cancel.map((c) => c.if),
		...fn.concurrency.map((c) => c.key),
		fn.idempotency,
	];
	for (const expression of expressions) {
		if (expression === undefined) continue;
		try {
			compileExpression(expression);
		} catch (error) {
			throw new EngineError(`The function ${fn.id} has an expression that is no valid CEL: ${expression}`, {
				cause: error,
			});
		}
	}
}
