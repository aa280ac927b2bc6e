import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import type { ExecuteContext } from "../execute-context";

/** So much is held at most: what ends by then is searched for secrets, and its length is known before it is stored. */
const HELD_BYTES = 10_000_000;

interface KeptAnswer {
	artifact: ArtifactRef;
	/** In bytes. */
	size: number;
	truncated: boolean;
}

/**
 * Stores the body of an answer as a file of the run while it arrives, `most` bytes of it. Throws `FatalError` beyond what a file
 * may have, and as soon as the answer says so itself.
 */
export async function keepAnswer(
	context: ExecuteContext,
	response: Response,
	{ name, most }: { name: string; most: number },
): Promise<KeptAnswer> {
	const reader = response.body?.getReader();
	const body = readUpTo(reader, most);
	try {
		const held = await hold(body.pieces);
		const open = async () => join(held.pieces, body.pieces);
		const size = held.isAll ? body.size() : sizeSaid(response, most);
		const artifact = await context.artifacts.add({ name, size, open });
		return { artifact, size: body.size(), truncated: body.isCut() };
	} finally {
		// Of an answer that is not kept, or not to its end, nothing more is read.
		await reader?.cancel().catch(() => undefined);
	}
}

function readUpTo(reader: ReadableStreamDefaultReader<Uint8Array> | undefined, most: number) {
	let size = 0;
	let isCut = false;
	async function* read() {
		for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
			const piece = part.value.subarray(0, most - size);
			isCut = piece.length < part.value.length;
			size += piece.length;
			if (piece.length > 0) yield piece;
			if (isCut) return;
		}
	}
	return { pieces: read(), size: () => size, isCut: () => isCut };
}

async function hold(pieces: AsyncGenerator<Uint8Array>) {
	const held: Uint8Array[] = [];
	let size = 0;
	while (size <= HELD_BYTES) {
		const next = await pieces.next();
		if (next.done) return { pieces: held, isAll: true };
		held.push(next.value);
		size += next.value.length;
	}
	return { pieces: held, isAll: false };
}

async function* join(held: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>) {
	yield* held;
	yield* rest;
}

/** As long as the server says that it is; undefined where it does not, or sends it compressed. */
function sizeSaid({ headers }: Response, most: number): number | undefined {
	const said =
		headers.get("content-encoding") === null ? Number(headers.get("content-length") ?? Number.NaN) : Number.NaN;
	return Number.isSafeInteger(said) ? Math.min(said, most) : undefined;
}
