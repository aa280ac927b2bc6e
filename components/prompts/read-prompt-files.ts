import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { listZip } from "./read-zip";

/** Bytes of one import: a request holds no more. */
const MOST = 3_000_000;

/** Bytes of one file: a character takes four at most. */
const LARGEST = 4 * PROMPT_LIMITS.text;
/** Bytes of an archive, which may hold other files as well. */
const LARGEST_ZIP = 50_000_000;

/** A file that can be read, up to a limit of bytes. */
interface Source {
	path: string;
	read(limit: number): Promise<string>;
}

/** The Markdown files among those that somebody has chosen, and in their archives. Rejects with what to do about them. */
export async function readPromptFiles(files: readonly File[]): Promise<{ path: string; text: string }[]> {
	const sources = (await Promise.all(files.map(sourcesOf))).flat().filter(isPrompt);
	if (sources.length === 0) throw new Error("There is no Markdown file (.md) among them. Choose others.");
	if (sources.length > PROMPT_LIMITS.files)
		throw new Error(`These are ${sources.length} files. Import at most ${PROMPT_LIMITS.files} at once.`);
	const read: { path: string; text: string }[] = [];
	let left = MOST;
	for (const { path, read: unpack } of sources) {
		const text = await unpack(LARGEST);
		left -= text.length;
		if (left < 0) throw new Error("These files are larger than 3 MB together. Import fewer at once.");
		read.push({ path, text });
	}
	return read;
}

async function sourcesOf(file: File): Promise<Source[]> {
	if (!/\.zip$/i.test(file.name))
		return [{ path: file.webkitRelativePath || file.name, read: (limit) => readFile(file, limit) }];
	if (file.size > LARGEST_ZIP) throw new Error(`${file.name} is larger than 50 MB. Choose a smaller archive.`);
	return listZip(await file.arrayBuffer());
}

async function readFile(file: File, limit: number): Promise<string> {
	if (file.size > limit) throw new Error(`${file.name} is too large: a prompt holds at most 200,000 characters.`);
	return await file.text();
}

/** Archives of a Mac hold a second file for each, with what its file system knows of it. */
function isPrompt({ path }: Source): boolean {
	return /\.(?:md|markdown)$/i.test(path) && !path.startsWith("__MACOSX/");
}
