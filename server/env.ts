import { join, resolve } from "node:path";
import { z } from "zod";
import { errorCode, WeftError } from "./errors";
import { isRange } from "./http/address-range";
import { isLoopback } from "./http/loopback";
import { PROVIDER_NAMES } from "./llm/provider-names";

const port = z.coerce
	.number("must be a port number")
	.int("must be a port number")
	.min(1, "must be a port between 1 and 65535")
	.max(65_535, "must be a port between 1 and 65535");
const url = (protocol: RegExp, example: string) =>
	z.url({ protocol, error: `must be a URL such as ${example}` }).optional();
const webUrl = url(/^https?$/, "https://weft.example.com");
const onOff = z
	.enum(["on", "off", "true", "false", "1", "0"], "must be on or off")
	.transform((value) => value === "on" || value === "true" || value === "1");
const megabytes = z.coerce
	.number("must be a number of megabytes")
	.int("must be a whole number of megabytes")
	.min(1, "must be at least 1")
	.max(1_000_000_000, "must be at most 1000000000");
const addressRanges = z
	.string()
	.default("")
	.transform((value) => value.split(",").flatMap((part) => part.trim() || []))
	.pipe(z.array(z.string().refine(isRange, "must be CIDR ranges with commas between, such as 10.0.0.0/8")));

/** `openai=4/60`: four calls at once, 60 in a minute; 0 for as many as there are. */
const llmLimits = z
	.string()
	.default("")
	.transform((value) => value.split(",").flatMap((part) => part.trim() || []))
	.pipe(
		z.array(
			z
				.string()
				.regex(
					new RegExp(`^(${PROVIDER_NAMES.join("|")})=\\d{1,6}/\\d{1,6}$`),
					"must be such as openai=4/60,anthropic=20/0",
				)
				.transform((part): [string, { atOnce: number; perMinute: number }] => {
					const [name = "", atOnce, perMinute] = part.split(/[=/]/);
					return [name, { atOnce: Number(atOnce), perMinute: Number(perMinute) }];
				}),
		),
	)
	.transform((limits): Readonly<Record<string, { atOnce: number; perMinute: number }>> => Object.fromEntries(limits));

export const envSchema = z.object({
	NODE_ENV: z.enum(["development", "production", "test"], "must be development, production or test").optional(),
	WEFT_DATA_DIR: z.string().default(".weft"),
	DATABASE_URL: url(/^postgres(ql)?$/, "postgres://user:password@localhost:5432/weft"),
	PORT: port.default(3000),
	HOST: z.string().default("127.0.0.1"),
	WEFT_ENGINE: z.enum(["embedded", "inngest"], "must be embedded or inngest").default("embedded"),
	/** The master secret: wraps the teams' keys and signs sessions. */
	WEFT_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
	/** The master secret before, accepted while it is being replaced. */
	WEFT_SECRET_PREVIOUS: z.string().min(32, "must have at least 32 characters").optional(),
	WEFT_DEMO_LOGIN: onOff.optional(),
	WEFT_SIGN_UP: z.enum(["open", "invited", "closed"], "must be open, invited or closed").optional(),
	/** Off: no link of a run or workflow works on this server, and none is made. */
	WEFT_SHARING: onOff.default(true),
	/** How many days a link lasts at most. */
	WEFT_SHARING_MAX_DAYS: z.coerce
		.number("must be a number of days")
		.int("must be a whole number of days")
		.min(1, "must be at least 1")
		.max(365, "must be at most 365")
		.optional(),
	WEFT_SHARING_PASSWORD: z.enum(["required", "optional"], "must be required or optional").default("optional"),
	WEFT_LOG_LEVEL: z
		.enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
		.default("info"),
	WEFT_SANDBOX: z.enum(["auto", "require", "off"], "must be auto, require or off").default("auto"),
	/** Where the files of runs lie: below the data directory, or in a bucket. */
	WEFT_ARTIFACTS: z.enum(["disk", "s3"], "must be disk or s3").default("disk"),
	WEFT_ARTIFACTS_BUCKET: z.string().optional(),
	/** A server of its own that speaks S3; AWS without it. */
	WEFT_ARTIFACTS_ENDPOINT: url(/^https?$/, "https://s3.example.com"),
	WEFT_ARTIFACTS_REGION: z.string().default("us-east-1"),
	/** Without them the SDK looks where AWS puts them. */
	WEFT_ARTIFACTS_ACCESS_KEY_ID: z.string().optional(),
	WEFT_ARTIFACTS_SECRET_ACCESS_KEY: z.string().optional(),
	/** The largest file, all files of a run, and all files of a team. */
	WEFT_ARTIFACTS_FILE_MB: megabytes.default(200),
	WEFT_ARTIFACTS_RUN_MB: megabytes.default(2_000),
	WEFT_ARTIFACTS_TEAM_MB: megabytes.default(20_000),
	/** What readers of the metrics bring; without it there are none. */
	WEFT_METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
	/** How workers meet an Inngest server: they connect to it, or it calls them. */
	WEFT_WORKER_MODE: z.enum(["connect", "serve"], "must be connect or serve").default("connect"),
	WEFT_WORKER_PORT: port.default(3010),
	WEFT_WORKER_CONCURRENCY: z.coerce
		.number("must be a whole number")
		.int("must be a whole number")
		.min(1, "must be at least 1")
		.max(10_000, "must be at most 10000")
		.optional(),
	/** Private addresses that outbound HTTP may reach all the same, as CIDR ranges. */
	WEFT_ALLOW_ADDRESSES: addressRanges,
	/** The reverse proxies in front of the web server, whose X-Forwarded-For is believed, as CIDR ranges. */
	WEFT_TRUSTED_PROXIES: addressRanges,
	/** A PEM file: authorities that outbound HTTP trusts beside the public ones. */
	WEFT_CA_FILE: z.string().optional(),
	/** Node.js's own: authorities that all of this process trusts. */
	NODE_EXTRA_CA_CERTS: z.string().optional(),
	AUTH_URL: webUrl,
	/** The mail server, with its user and password. */
	SMTP_URL: url(/^smtps?$/, "smtps://user:password@smtp.example.com"),
	/** What mails come from. */
	MAIL_FROM: z.string().max(300).optional(),
	AUTH_GITHUB_ID: z.string().optional(),
	AUTH_GITHUB_SECRET: z.string().optional(),
	AUTH_GOOGLE_ID: z.string().optional(),
	AUTH_GOOGLE_SECRET: z.string().optional(),
	ANTHROPIC_API_KEY: z.string().optional(),
	ANTHROPIC_BASE_URL: webUrl,
	OPENAI_API_KEY: z.string().optional(),
	/** Any server with an OpenAI-compatible API. */
	OPENAI_BASE_URL: webUrl,
	GEMINI_API_KEY: z.string().optional(),
	GEMINI_BASE_URL: webUrl,
	/** A JSON file: prices of models that go over those of this version. */
	WEFT_LLM_PRICES_FILE: z.string().optional(),
	/** What the server's own keys may do, by provider: calls at once, calls a minute. */
	WEFT_LLM_LIMITS: llmLimits,
	INNGEST_BASE_URL: webUrl,
	INNGEST_EVENT_KEY: z.string().optional(),
	INNGEST_SIGNING_KEY: z.string().optional(),
	/** Read by the Inngest SDK: the address at which the server calls the functions. */
	INNGEST_SERVE_ORIGIN: webUrl,
	/** Read by the Inngest SDK: the address at which workers reach the server's gateway. */
	INNGEST_CONNECT_GATEWAY_URL: url(/^wss?$/, "ws://inngest.internal:8289/v0/connect"),
});

/** Who may make an account: anybody who reaches the page, whoever has an invitation, or nobody. */
export type SignUpPolicy = "open" | "invited" | "closed";

export type Env = Readonly<Omit<z.infer<typeof envSchema>, "WEFT_DEMO_LOGIN" | "WEFT_SIGN_UP">> & {
	/**
	 * Who may sign in as the demo user. Unless it is set: who sits at this machine, where the embedded engine listens on a
	 * loopback address; nobody elsewhere.
	 */
	readonly WEFT_DEMO_LOGIN: "anybody" | "this machine" | "nobody";
	/** Unless it is set: open on a server for this machine, by invitation wherever others can reach it. */
	readonly WEFT_SIGN_UP: SignUpPolicy;
};

let current: Env | undefined;

/** The validated environment. Throws a `WeftError` of one line that names every wrong variable. */
export function getEnv(): Env {
	current ??= readEnv(process.env);
	return current;
}

/** For tests: what has been read is read again. */
export function forgetEnv(): void {
	current = undefined;
}

/** Reads variables as `getEnv` does, from any source. An empty value counts as absent. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
	const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
	const parsed = envSchema.safeParse(present);
	if (!parsed.success) {
		const problems = new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
		const text = [...problems].map(([name, message]) => `${name} ${message}`).join("; ");
		throw new WeftError("invalid", `Wrong environment variable: ${text}.`);
	}
	if (parsed.data.SMTP_URL !== undefined && parsed.data.MAIL_FROM === undefined)
		throw new WeftError("invalid", "Wrong environment variable: MAIL_FROM must be set beside SMTP_URL.");
	checkBucket(parsed.data);
	const isHere = isForThisMachine(parsed.data);
	return Object.freeze({
		...parsed.data,
		WEFT_DEMO_LOGIN: demoLogin(parsed.data, isHere),
		WEFT_SIGN_UP: parsed.data.WEFT_SIGN_UP ?? (isHere ? "open" : "invited"),
	});
}

function checkBucket(env: z.infer<typeof envSchema>): void {
	if (env.WEFT_ARTIFACTS === "s3" && env.WEFT_ARTIFACTS_BUCKET === undefined)
		throw new WeftError(
			"invalid",
			"Wrong environment variable: WEFT_ARTIFACTS_BUCKET must be set with WEFT_ARTIFACTS=s3.",
		);
	if ((env.WEFT_ARTIFACTS_ACCESS_KEY_ID === undefined) !== (env.WEFT_ARTIFACTS_SECRET_ACCESS_KEY === undefined))
		throw new WeftError(
			"invalid",
			"Wrong environment variable: WEFT_ARTIFACTS_ACCESS_KEY_ID and WEFT_ARTIFACTS_SECRET_ACCESS_KEY must be set together.",
		);
}

function isForThisMachine({ HOST, AUTH_URL }: z.infer<typeof envSchema>): boolean {
	return isLoopback(HOST) && (AUTH_URL === undefined || isLoopback(new URL(AUTH_URL).hostname));
}

function demoLogin(
	{ WEFT_DEMO_LOGIN, WEFT_ENGINE }: z.infer<typeof envSchema>,
	isHere: boolean,
): Env["WEFT_DEMO_LOGIN"] {
	if (WEFT_DEMO_LOGIN !== undefined) return WEFT_DEMO_LOGIN ? "anybody" : "nobody";
	return WEFT_ENGINE === "embedded" && isHere ? "this machine" : "nobody";
}

/**
 * Adds the variables of the `.env` file in `home`, if there is one; those already set win. Paths among them start from
 * `home`, too, wherever the process goes.
 */
export function loadSettings(home: string): void {
	try {
		process.loadEnvFile(join(home, ".env"));
	} catch (error) {
		if (errorCode(error) !== "ENOENT") throw error;
	}
	const { WEFT_DATA_DIR, WEFT_CA_FILE, WEFT_LLM_PRICES_FILE } = process.env;
	process.env.WEFT_DATA_DIR = resolve(home, WEFT_DATA_DIR || ".weft");
	if (WEFT_CA_FILE) process.env.WEFT_CA_FILE = resolve(home, WEFT_CA_FILE);
	if (WEFT_LLM_PRICES_FILE) process.env.WEFT_LLM_PRICES_FILE = resolve(home, WEFT_LLM_PRICES_FILE);
}

/** What a child process of ours starts with: this environment, with some variables set anew. */
export function childEnv(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
	return { ...process.env, ...changes };
}

/**
 * Makes the environment a plain object. The Inngest SDK copies all of it several times a call, and reading one name of
 * the real one is a call into the system.
 */
export function snapshotEnvironment(): void {
	process.env = { ...process.env };
}

/** The level alone, never throwing: loggers exist before the environment has been judged. */
export function readLogLevel(): Env["WEFT_LOG_LEVEL"] {
	return envSchema.shape.WEFT_LOG_LEVEL.catch("info").parse(process.env.WEFT_LOG_LEVEL || undefined);
}
