import { buffer } from "node:stream/consumers";
import { FatalError } from "../../errors";
import { asJson } from "../../plan/values/json";
import type { CodingResult } from "../../runs/coding-result";
import type { ExecuteContext } from "../execute-context";

const MAX_BYTES = 50_000_000;

/** All changes of an attempt as git writes them, byte for byte: files need not be UTF-8. */
export async function readPatch(
	{ artifacts }: ExecuteContext,
	{ patch, diff }: Pick<CodingResult, "patch" | "diff">,
): Promise<Buffer> {
	if (patch !== null) return Buffer.from(patch);
	if (diff === null) return Buffer.alloc(0);
	if (diff.size > MAX_BYTES)
		throw new FatalError("Its changes are more than 50 MB. Merge them in a Git step, or let the agents change less.");
	const [file] = await artifacts.find(asJson(diff));
	if (file === undefined) throw new FatalError("The file with its changes is gone. Run the agents again.");
	return await buffer(await file.open());
}
