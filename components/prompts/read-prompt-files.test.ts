import { downloadZip } from "client-zip";
import { expect, test } from "vitest";
import { readPromptFiles } from "./read-prompt-files";

async function zipOf(files: { name: string; input: string }[]): Promise<File> {
	return new File([await downloadZip(files).blob()], "prompts.zip");
}

test("the Markdown files of folders and archives are read, and nothing else of them", async () => {
	const zip = await zipOf([
		{ name: "prompts/a.md", input: "ünï" },
		{ name: "prompts/picture.png", input: "x" },
		{ name: "__MACOSX/prompts/._a.md", input: "x" },
	]);
	const plain = new File(["# b"], "b.md");
	expect(await readPromptFiles([plain, zip])).toEqual([
		{ path: "b.md", text: "# b" },
		{ path: "prompts/a.md", text: "ünï" },
	]);
});

test.each([
	["no archive", async () => new File(["not a zip at all, but long enough"], "a.zip"), "no zip archive"],
	["no Markdown", () => zipOf([{ name: "a.txt", input: "x" }]), "no Markdown file"],
	["too large a file", () => zipOf([{ name: "a.md", input: "x".repeat(900_000) }]), "a.md is too large"],
	["cut off", async () => new File([(await zipOf([{ name: "a.md", input: "x" }])).slice(20)], "a.zip"), "damaged"],
])("%s is refused with what to do", async (_, make, message) => {
	await expect(readPromptFiles([await make()])).rejects.toThrow(message);
});
