import { WeftError } from "@/server/errors";
import { findTextProblem } from "@/server/plan/validate/find-hostility";
import { walkJson } from "@/server/plan/values/walk-json";

/** Room for a whole plan and what stands around it. */
export const MAX_VALUES = 120_000;
const MAX_DEPTH = 520;

interface Refusal {
	code: "invalid" | "too_large";
	message: string;
}

/**
 * Refuses what no procedure can take, before any schema looks at it: more values than the server can work on at once, and
 * text or names that the database cannot store. Throws `invalid` or `too_large` with the place.
 */
export function checkRequest(input: unknown): void {
	let values = 0;
	const refused = walkJson<Refusal>(input, (value, key, { depth }) => {
		values += 1;
		if (values > MAX_VALUES)
			return { code: "too_large", message: `A request holds at most ${MAX_VALUES} values. Send less at once.` };
		if (depth > MAX_DEPTH) return { code: "invalid", message: "Values are nested too deeply. Flatten this one." };
		return checkText("A name", key) ?? checkText("A text", value);
	});
	if (!refused) return;
	const { found, path } = refused;
	throw new WeftError(found.code, `This request is not valid. ${describePlace(path)}${found.message}`);
}

function checkText(what: string, text: unknown): Refusal | undefined {
	const problem = typeof text === "string" ? findTextProblem(text) : undefined;
	return problem === undefined ? undefined : { code: "invalid", message: `${what} ${problem}` };
}

/** A name that cannot be stored cannot be shown either. */
function describePlace(path: readonly (string | number)[]): string {
	const names = path.filter((key) => typeof key === "number" || findTextProblem(key) === undefined);
	return names.length === 0 ? "" : `${names.join(".").slice(0, 200)}: `;
}
