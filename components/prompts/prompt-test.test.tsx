// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTestFrame } from "@/components/trpc/test-frame";
import { llmDefinition } from "@/server/credentials/types/llm/definition";
import { PromptTest } from "./prompt-test";
import { usePromptTest } from "./use-prompt-test";

const hintOf = llmDefinition.hint;
const credentials = [
	{ name: "PLAIN_KEY", type: "token", hint: "" },
	{ name: "OLLAMA", type: "llm", hint: hintOf({ provider: "openai", url: "http://127.0.0.1:11434/v1" }) },
	{ name: "CLAUDE", type: "llm", hint: hintOf({ provider: "anthropic", key: "sk-1" }) },
	{ name: "REGISTRY", type: "basic", hint: "" },
];
const asked = vi.fn();

beforeEach(() => {
	localStorage.clear();
	vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
		asked(JSON.parse(body));
		return new Response(`${JSON.stringify({ type: "failed", message: "No answer." })}\n`);
	});
});
afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

function Testing() {
	const test = usePromptTest("acme");
	return (
		<>
			<PromptTest test={test} />
			<button type="button" onClick={() => void test.start({ text: "Hi", variables: {} })}>
				Ask
			</button>
		</>
	);
}

async function choose(label: string, option: string): Promise<void> {
	fireEvent.keyDown(screen.getByRole("combobox", { name: label }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("option", { name: option }));
}

test("a model is asked with the keys and models of the provider that is chosen", async () => {
	const { frame, queryClient } = createTestFrame({
		"credentials.list": () => ({ credentials, missing: [], refusal: null }),
	});
	render(frame(<Testing />));
	await choose("Provider", "OpenAI");
	expect(screen.getByRole("textbox", { name: "Model" })).toHaveProperty("placeholder", "gpt-5-mini");
	await waitFor(() => expect(queryClient.isFetching()).toBe(0));
	fireEvent.keyDown(screen.getByRole("combobox", { name: "Key" }), { key: "Enter" });
	const keys = (await screen.findAllByRole("option")).map(({ textContent }) => textContent);
	expect(keys).toEqual(["The server’s", "PLAIN_KEY", "OLLAMA"]);
	fireEvent.click(screen.getByRole("option", { name: "OLLAMA" }));
	fireEvent.change(screen.getByRole("textbox", { name: "Model" }), { target: { value: "llama3.2" } });
	fireEvent.click(screen.getByRole("button", { name: "Ask" }));
	const shared = { team: "acme", text: "Hi", variables: {} };
	expect(asked).toHaveBeenLastCalledWith({ ...shared, provider: "openai", model: "llama3.2", credential: "OLLAMA" });
	expect(await screen.findByRole("alert")).toHaveProperty("textContent", "No answer.");
	await choose("Provider", "Anthropic");
	expect(screen.getByRole("textbox", { name: "Model" })).toMatchObject({ value: "", placeholder: "claude-sonnet-5-5" });
	fireEvent.click(screen.getByRole("button", { name: "Ask" }));
	expect(asked).toHaveBeenLastCalledWith({ ...shared, provider: "anthropic" });
});
