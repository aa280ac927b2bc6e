import { Cron } from "croner";

/** Why a text is no cron expression, in a sentence; undefined for one. */
export function explainCron(expression: string): string | undefined {
	const fields = expression.trim().split(/\s+/).filter(Boolean).length;
	if (fields === 0) return "Write a cron expression, such as 0 9 * * 1-5.";
	if (fields !== 5 && fields !== 6) {
		return "Write five fields (minute, hour, day, month, weekday), or six with seconds first.";
	}
	try {
		const comes = new Cron(expression, { paused: true }).nextRun() !== null;
		return comes ? undefined : "This expression names no time that ever comes.";
	} catch (error) {
		return plainReason(error);
	}
}

/** Croner's own words behind its name, as in `CronPattern: Invalid value for hour: 25`. */
function plainReason(error: unknown): string {
	const reason = error instanceof Error ? error.message.replace(/^Cron\w*: /, "").replace(/[.!?]$/, "") : "";
	return `This cron expression cannot be read${reason === "" ? "" : `: ${reason}`}.`;
}
