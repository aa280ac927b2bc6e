import { z } from "zod";
import { FatalError } from "../errors";
import { tryReadJson } from "../plan/values/read-json";

/** A provider of a team's own: what a credential of the type `llm` reads as, in JSON. */
const accessSchema = z.object({
	provider: z.string(),
	key: z.string().optional(),
	url: z.string().optional(),
});

interface ProviderAccess {
	apiKey: string | undefined;
	/** An address that a team has chosen. */
	baseUrl: string | undefined;
}

/**
 * What a step brings in the place of the server's key: the key itself, or a credential that may name an address.
 * Throws `FatalError` for a credential of another provider, whose key is not for this one to see.
 */
export function readAccess(name: string, text: string): ProviderAccess {
	const { data } = accessSchema.safeParse(text.startsWith("{") ? tryReadJson(text) : undefined);
	if (data === undefined) return { apiKey: text, baseUrl: undefined };
	if (data.provider !== name)
		throw new FatalError(
			`The credential is for ${data.provider}, and the step asks ${name}. Choose another credential.`,
		);
	return { apiKey: data.key || undefined, baseUrl: data.url || undefined };
}
