import { z } from "zod";
import { isObject, type JsonObject, jsonObjectSchema } from "../values/json";

/** The fields by which a step says which prompt of the library it uses. */
export const PROMPT_KEYS = { name: "promptName", version: "promptVersion", variables: "variables" } as const;

/** Which prompt of the library a step uses, and what it hands to it. */
export interface PromptUse {
	name: string;
	/** Undefined for the latest. */
	version: number | undefined;
	/** As they are written: with references in them. */
	variables: JsonObject;
}

/** What a config says of a prompt of the library; undefined when its prompt is written in it. */
export function promptUseOf(config: Readonly<Record<string, unknown>>): PromptUse | undefined {
	const { [PROMPT_KEYS.name]: name, [PROMPT_KEYS.version]: version, [PROMPT_KEYS.variables]: variables } = config;
	if (typeof name !== "string" || name.trim() === "") return undefined;
	const parsed = jsonObjectSchema.safeParse(isObject(variables) ? variables : {});
	return {
		name: name.trim(),
		version: z.coerce.number().int().min(1).optional().catch(undefined).parse(version),
		variables: parsed.data ?? {},
	};
}
