import { buffer } from "node:stream/consumers";
import { FatalError } from "../../errors";
import { asJson } from "../../plan/values/json";
import type { CodingResult } from "../../runs/coding-result";
import type { ExecuteContext } from "../execute-context";

const MAX_BYTES = 50_000_000;

/** All changes of an attempt as git writes them. */
export async function readPatch(
	{ artifacts }: ExecuteContext,
	{ patch, diff }: Pick<CodingResult, "patch" | "diff">,
): Promise<string> {
	if (patch !== null) return patch;
	if (diff === null) return "";
	if (diff.size > MAX_BYTES)
		throw new FatalError("Its changes are more than 50 MB. Merge them in a Git step, or let the agents change less.");
	const [file] = await artifacts.find(asJson(diff));
	if (file === undefined) throw new FatalError("The file with its changes is gone. Run the agents again.");
	return (await buffer(await file.open())).toString();
}
