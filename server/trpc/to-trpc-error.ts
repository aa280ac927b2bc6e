import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { type ErrorCode, WeftError } from "@/server/errors";
import { logger } from "@/server/observability/logger";

type TrpcCode = TRPCError["code"];

const TRPC_CODES = {
	unauthenticated: "UNAUTHORIZED",
	forbidden: "FORBIDDEN",
	not_found: "NOT_FOUND",
	invalid: "BAD_REQUEST",
	conflict: "CONFLICT",
	too_many_requests: "TOO_MANY_REQUESTS",
	too_large: "PAYLOAD_TOO_LARGE",
	unavailable: "SERVICE_UNAVAILABLE",
	internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TrpcCode>;

const log = logger.child({ part: "trpc" });

/**
 * The one place where errors become tRPC's. A `WeftError` keeps its words; anything unexpected is logged under a
 * reference and reaches the client as that reference only.
 */
export function toTrpcError(error: unknown, path?: string): TRPCError {
	const cause = toWeftError(error, path);
	return new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
}

function toWeftError(error: unknown, path?: string): WeftError {
	const inner = error instanceof TRPCError ? (error.cause ?? error) : error;
	if (inner instanceof WeftError) return inner;
	if (inner instanceof ZodError) return new WeftError("invalid", describeProblems(inner), { cause: inner });
	if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") {
		return new WeftError(codeOf(error.code), error.message, { cause: inner });
	}
	const reference = crypto.randomUUID().slice(0, 8);
	log.error({ err: inner, reference, path }, "A request failed");
	return new WeftError(
		"internal",
		`Something went wrong on the server. Try again; its log has more under ${reference}.`,
	);
}

function isErrorCode(code: string): code is ErrorCode {
	return Object.hasOwn(TRPC_CODES, code);
}

function codeOf(trpcCode: TrpcCode): ErrorCode {
	const known = Object.keys(TRPC_CODES)
		.filter(isErrorCode)
		.find((code) => TRPC_CODES[code] === trpcCode);
	return known ?? "invalid";
}

/** What a schema of ours says is a sentence for people; what zod says by itself needs the place it is about. */
function describeProblems(error: ZodError): string {
	const issues = error.issues.slice(0, 5);
	if (issues.every(({ message }) => message.endsWith("."))) return issues.map(({ message }) => message).join(" ");
	const lines = issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
	return `This request is not valid. ${lines.join("; ")}`;
}
