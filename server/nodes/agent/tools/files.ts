import { z } from "zod";
import { FatalError } from "@/server/errors";
import { defineTool, type Origin, type ToolContext } from "../tool";
import { INSIDE, runInWorkspace } from "./run-in-workspace";

const path = z.string().min(1).max(4_000).describe("A path in the workspace, without a leading slash.");
const MAX_FILE = 1_000_000;
/** Refuses what git reads as its own: settings in there start programs. */
const NOT_GIT = `
case "$(printf %s "\${file#"$root"}/" | tr A-Z a-z)" in
*/.git/*) echo "The folder .git is git's own. Use another path." >&2; exit 64;;
esac
`;
/** What tools that only look at files share. */
const reading = { origin: (): Origin => "workspace", isRepeatable: () => true, isDangerous: () => false };

async function runScript(tool: ToolContext, script: string, args: readonly string[], stdin?: string): Promise<string> {
	const { exitCode, text, stdout } = await runInWorkspace(tool, {
		command: ["bash", "--noprofile", "--norc", "-c", `${INSIDE}\n${script}`, "file", ...args],
		...(stdin !== undefined && { stdin }),
	});
	if (exitCode !== 0) throw new FatalError(text.trim() || `It failed with exit code ${exitCode}.`);
	return stdout;
}

export const readFileTool = defineTool({
	description: "Reads a text file of the workspace, with the numbers of its lines.",
	input: z.strictObject({
		path,
		from: z.int().min(1).default(1).describe("The first line."),
		lines: z.int().min(1).max(2_000).default(500),
	}),
	...reading,
	async run({ path: file, from, lines }, tool) {
		const script = 'tail -n "+$2" -- "$file" | head -n "$3" | cut -c "1-2000" | cat -n';
		const text = await runScript(
			tool,
			`test -f "$file" || { echo "There is no such file." >&2; exit 66; }\n${script}`,
			[...[file, String(from), String(lines)]],
		);
		return text || "There are no lines here.";
	},
});

export const writeFileTool = defineTool({
	description: "Writes a file of the workspace, and makes the folders that it needs. Replaces what stands there.",
	input: z.strictObject({ path, content: z.string().max(MAX_FILE) }),
	origin: () => "workspace",
	isRepeatable: () => false,
	isDangerous: () => true,
	leave: ({ path: file }) => `the file ${file}`,
	async run({ path: file, content }, tool) {
		await runScript(tool, `${NOT_GIT}mkdir -p -- "$(dirname -- "$file")" && cat >"$file"`, [file], content);
		return `Wrote ${content.length} characters.`;
	},
});

export const editFileTool = defineTool({
	description: "Replaces a text of a file of the workspace by another. The text must stand there exactly once.",
	input: z.strictObject({ path, oldText: z.string().min(1).max(MAX_FILE), newText: z.string().max(MAX_FILE) }),
	origin: () => "workspace",
	isRepeatable: () => false,
	isDangerous: () => true,
	leave: ({ path: file }) => `the file ${file}`,
	async run({ path: file, oldText, newText }, tool) {
		const instead = tool.config.tools.includes("shell") ? "Use shell." : "Leave it, and say what should be changed.";
		const script = `${NOT_GIT}test "$(wc -c <"$file")" -le ${KEPT_WHOLE} || { echo "The file is too long to edit. ${instead}" >&2; exit 66; }`;
		const text = await runScript(tool, `${script}\ncat -- "$file"`, [file]);
		const at = text.indexOf(oldText);
		if (at < 0) throw new FatalError("The text does not stand in the file. Read it again.");
		if (text.indexOf(oldText, at + 1) >= 0)
			throw new FatalError("The text stands in the file more than once. Give more of what is around it.");
		const edited = text.slice(0, at) + newText + text.slice(at + oldText.length);
		await runScript(tool, `${NOT_GIT}cat >"$file"`, [file], edited);
		return "Replaced it.";
	},
});

/** Bytes of a file that are read whole: more than that comes without its middle. */
const KEPT_WHOLE = 20_000;

export const listFilesTool = defineTool({
	description: "Lists the files of the workspace, or of a folder in it, at most 1,000.",
	input: z.strictObject({ path: path.default("."), depth: z.int().min(1).max(10).default(3) }),
	...reading,
	async run({ path: folder, depth }, tool) {
		const script =
			'cd -- "$file" && find . -mindepth 1 -maxdepth "$2" -name .git -prune -o -print | sort | head -n 1000';
		return (await runScript(tool, script, [folder, String(depth)])) || "It is empty.";
	},
});

export const searchFilesTool = defineTool({
	description:
		"Searches the files of the workspace for lines that an extended regular expression matches, at most 200.",
	input: z.strictObject({ pattern: z.string().min(1).max(1_000), path: path.default(".") }),
	...reading,
	async run({ pattern, path: folder }, tool) {
		const script =
			'cd -- "$root" && grep -rnIE --exclude-dir=.git -m 50 -e "$2" -- "$file" | cut -c 1-500 | head -n 200';
		const found = await runScript(tool, script, [folder, pattern]);
		return found || "Nothing was found.";
	},
});
