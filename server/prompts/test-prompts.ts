import type { Caller } from "@/server/teams/caller";
import { listPrompts } from "./list-prompts";
import { createPrompt } from "./save-prompt";

export function testPromptText(name: string, body: string, head = ""): string {
	return `---\nname: ${name}\n${head}---\n${body}\n`;
}

/** The prompt “sample” of the team “acme”, made if there is none. */
export async function ensureTestPrompt(caller: Caller): Promise<void> {
	const known = await listPrompts(caller, { team: "acme" });
	if (known.some(({ name }) => name === "sample")) return;
	await createPrompt(caller, { team: "acme", text: testPromptText("sample", "Hello {{who}}") });
}
