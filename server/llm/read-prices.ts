import { readFileSync } from "node:fs";
import { z } from "zod";
import { WeftError } from "../errors";
import { type ListPrice, listPriceSchema } from "./price-table";

/**
 * The administrator's own prices: a JSON file with a list like that of this version.
 * @throws WeftError that names the file and its first problem
 */
export function readPrices(file: string | undefined): readonly ListPrice[] {
	if (file === undefined) return [];
	try {
		return z.array(listPriceSchema).parse(JSON.parse(readFileSync(file, "utf8")));
	} catch (error) {
		const [issue] = error instanceof z.ZodError ? error.issues : [];
		const why = issue
			? `${issue.path.join(".")}: ${issue.message}`
			: error instanceof Error
				? error.message
				: String(error);
		throw new WeftError("invalid", `WEFT_LLM_PRICES_FILE cannot be used: ${why}.`);
	}
}
