/** A file of an archive, not yet unpacked. */
export interface ZipEntry {
	path: string;
	/** Unpacks it. Rejects when it is longer than so many bytes, whatever the archive says of it. */
	read(limit: number): Promise<string>;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;
const MAX_ENTRIES = 10_000;

/** The files of a zip archive by its directory (APPNOTE 4.3). Throws an `Error` for people where it is none. */
export function listZip(buffer: ArrayBuffer): ZipEntry[] {
	const view = new DataView(buffer);
	const end = findEnd(view);
	if (end === undefined) throw new Error("This is no zip archive. Choose another file.");
	const count = view.getUint16(end + 10, true);
	if (count > MAX_ENTRIES) throw new Error("This archive holds very many files. Make a smaller one.");
	const entries: ZipEntry[] = [];
	let at = view.getUint32(end + 16, true);
	for (let index = 0; index < count; index++) {
		if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) throw new Error(BROKEN);
		const nameLength = view.getUint16(at + 28, true);
		const path = new TextDecoder().decode(bytesAt(buffer, at + 46, nameLength));
		const entry = {
			flags: view.getUint16(at + 8, true),
			method: view.getUint16(at + 10, true),
			size: view.getUint32(at + 20, true),
			offset: view.getUint32(at + 42, true),
		};
		if (!path.endsWith("/")) entries.push({ path, read: (limit) => unpack(buffer, { path, ...entry }, limit) });
		at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return entries;
}

const BROKEN = "This archive is damaged. Make it again.";

function findEnd(view: DataView): number | undefined {
	const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT);
	for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END) return at;
	return undefined;
}

function bytesAt(buffer: ArrayBuffer, from: number, length: number): Uint8Array<ArrayBuffer> {
	if (from + length > buffer.byteLength) throw new Error(BROKEN);
	return new Uint8Array(buffer, from, length);
}

interface Packed {
	path: string;
	flags: number;
	method: number;
	size: number;
	offset: number;
}

async function unpack(
	buffer: ArrayBuffer,
	{ path, flags, method, size, offset }: Packed,
	limit: number,
): Promise<string> {
	const view = new DataView(buffer);
	if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== LOCAL) throw new Error(BROKEN);
	if ((flags & 1) !== 0 || (method !== 0 && method !== 8))
		throw new Error(`${path} is packed in a way that is not known here. Make a plain zip archive.`);
	const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
	const packed = new Blob([bytesAt(buffer, from, size)]).stream();
	const plain = method === 0 ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw"));
	return new TextDecoder().decode(await readUpTo(plain, { path, limit }));
}

async function readUpTo(
	stream: ReadableStream<Uint8Array>,
	{ path, limit }: { path: string; limit: number },
): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const reader = stream.getReader();
	for (;;) {
		const { value, done } = await reader.read().catch(() => {
			throw new Error(`${path} is damaged. Make the archive again.`);
		});
		if (done) break;
		length += value.length;
		pieces.push(value);
		if (length <= limit) continue;
		await reader.cancel();
		throw new Error(`${path} is too large: a prompt holds at most 200,000 characters.`);
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
