import { z } from "zod";

const address = z.email().max(320);

/** The addresses in a list that a person writes, each once; undefined where a part of it is none. */
export function readAddresses(text: string): string[] | undefined {
	const parts = text.split(/[,;\n]/).flatMap((part) => (part.trim() === "" ? [] : part.trim()));
	if (parts.some((part) => !address.safeParse(part).success)) return undefined;
	return [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()];
}
