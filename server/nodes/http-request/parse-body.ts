import type { Json } from "@/server/plan/values/json";
import { JsonValueError } from "@/server/plan/values/read-json";
import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";

/** @throws FatalError when JSON was asked for and did not come, or holds what no value can keep */
export async function parseBody(
	text: string,
	how: { parse: "auto" | "json" | "text"; contentType: string },
	readJson: ExecuteContext["readJson"],
): Promise<Json> {
	const saysJson = /^application\/([\w.+-]+\+)?json\b/i.test(how.contentType);
	if (how.parse === "text" || (how.parse === "auto" && !saysJson)) return text;
	const value = await tryParse(text, readJson);
	if (value !== undefined) return value;
	if (how.parse === "auto") return text;
	throw new FatalError(`The answer is not JSON. It begins: ${text.slice(0, 60)}`);
}

async function tryParse(text: string, readJson: ExecuteContext["readJson"]): Promise<Json | undefined> {
	try {
		return await readJson(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		if (!(error instanceof JsonValueError)) throw error;
		throw new FatalError(`The answer cannot be kept as JSON: ${error.message} Read the answer as text instead.`);
	}
}
