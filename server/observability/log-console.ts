import { format } from "node:util";
import { logError } from "./log-error";
import { logger } from "./logger";

const log = logger.child({ part: "web" });

/**
 * Sends what Next.js prints on the console to the log. It prints failed requests as they are thrown, with the values of a
 * failed query; here they become lines like everybody else's.
 */
export function sendConsoleToLog(): void {
	console.error = (...said: unknown[]) => {
		const errors = said.filter((part) => part instanceof Error);
		const text = wordsOf(said);
		if (errors.length === 0) log.error(text);
		for (const error of errors) logError(error, text || "A request failed", { part: "web" });
	};
	console.warn = (...said: unknown[]) => {
		const err = said.find((part) => part instanceof Error);
		log.warn({ ...(err && { err }) }, wordsOf(said) || "Next.js warns");
	};
}

/** The texts alone, without the mark and the colours that Next.js puts in front. */
function wordsOf(said: readonly unknown[]): string {
	const words = said.filter((part) => !(part instanceof Error));
	return format(...words)
		.replaceAll("⨯", "")
		.trim();
}
