import { FatalError } from "../errors";
import type { Json } from "../plan/values/json";
import type { ExecuteContext } from "./execute-context";

/** Files that one message brings. */
const MAX_ATTACHED = 20;

/** The files that a step sends on. Throws `FatalError` for more than a message brings, and for what is no file. */
export async function findAttached(context: Pick<ExecuteContext, "artifacts">, files: Json) {
	const found = await context.artifacts.find(files);
	if (found.length <= MAX_ATTACHED) return found;
	throw new FatalError(
		`These are ${found.length} files; a message brings at most ${MAX_ATTACHED}. Choose fewer, or pack them into one.`,
	);
}
