import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";

/** Bytes of one import: a request holds no more. */
const MOST = 3_000_000;

/** The Markdown files among those that somebody has chosen. Rejects with what to do about them. */
export async function readPromptFiles(files: readonly File[]): Promise<{ path: string; text: string }[]> {
	const chosen = files.filter(({ name }) => /\.(?:md|markdown)$/i.test(name));
	if (chosen.length === 0) throw new Error("There is no Markdown file (.md) among them. Choose others.");
	if (chosen.length > PROMPT_LIMITS.files)
		throw new Error(`These are ${chosen.length} files. Import at most ${PROMPT_LIMITS.files} at once.`);
	if (chosen.reduce((sum, { size }) => sum + size, 0) > MOST)
		throw new Error("These files are larger than 3 MB together. Import fewer at once.");
	const large = chosen.find(({ size }) => size > 4 * PROMPT_LIMITS.text);
	if (large) throw new Error(`${large.name} is too large: a prompt holds at most 200,000 characters.`);
	return await Promise.all(
		chosen.map(async (file) => ({ path: file.webkitRelativePath || file.name, text: await file.text() })),
	);
}
