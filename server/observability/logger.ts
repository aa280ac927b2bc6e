import { pino } from "pino";
import { readLogLevel } from "../env";
import { describeError } from "./describe-error";

/** JSON lines on standard output; each part of the program takes a child: `logger.child({ part: "engine" })`. */
export const logger = pino({
	level: readLogLevel(),
	base: undefined,
	serializers: { err: describeError },
	formatters: { level: (label) => ({ level: label }) },
	redact: {
		paths: ["password", "secret", "token", "apiKey", "authorization", "headers.authorization", "headers.cookie"],
		censor: "[redacted]",
	},
});
