import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { FatalError } from "../../errors";
import { asJson } from "../../plan/values/json";
import type { CodingResult } from "../../runs/coding-result";
import type { ExecuteContext } from "../execute-context";

const MAX_BYTES = 50_000_000;
/** A UTF-16 code unit takes at most so many bytes of UTF-8. */
const UNIT_BYTES = 3;

type Kept = Pick<CodingResult, "patch" | "diff">;

/** All changes of an attempt as git writes them, byte for byte: files need not be UTF-8. */
export async function readPatch(context: ExecuteContext, kept: Kept): Promise<Buffer> {
	if (kept.patch === null && kept.diff !== null && kept.diff.size > MAX_BYTES)
		throw new FatalError("Its changes are more than 50 MB. Merge them in a Git step, or let the agents change less.");
	return await buffer(await openPatch(context, kept));
}

/** The first `most` characters of the changes; a sentence at the end tells where some were left out. */
export async function readBeginning(context: ExecuteContext, kept: Kept, most: number): Promise<string> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of await openPatch(context, kept)) {
		const bytes = Buffer.from(piece);
		pieces.push(bytes);
		length += bytes.length;
		if (length > most * UNIT_BYTES) break;
	}
	const text = Buffer.concat(pieces).toString();
	return text.length > most ? `${text.slice(0, most)}\n… the rest was left out.` : text;
}

async function openPatch({ artifacts }: ExecuteContext, { patch, diff }: Kept): Promise<Readable> {
	if (patch !== null) return Readable.from([Buffer.from(patch)]);
	if (diff === null) return Readable.from([]);
	const [file] = await artifacts.find(asJson(diff));
	if (file === undefined) throw new FatalError("The file with its changes is gone. Run the agents again.");
	return await file.open();
}
