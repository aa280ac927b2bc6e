import type { Reference } from "../expressions/reference";
import type { Plan } from "../plan";
import { type Definitions, rewriteReferences } from "./rewrite-references";

/** Has every step that reads the credential `from` read `to`: `secrets.from` reads `secrets.to`. */
export function replaceCredential(
	plan: Plan,
	{ from, to }: { from: string; to: string },
	definitions: Definitions,
): Plan {
	const spanOf = ({ path, parts }: Reference) => (path[0] === "secrets" && path[1] === from ? parts[1] : undefined);
	return rewriteReferences(plan, { name: from, to, spanOf }, definitions);
}
