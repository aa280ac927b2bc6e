import { expect, test } from "vitest";
import { FatalError } from "../errors";
import { createProviders } from "./providers";

test("the demo provider needs nothing", () => {
	expect(createProviders({})("demo").name).toBe("demo");
});

test("without a key, anthropic says how to get one set up", () => {
	expect(() => createProviders({})("anthropic")).toThrow(FatalError);
	expect(() => createProviders({ anthropicApiKey: "" })("anthropic")).toThrow(
		/Choose a credential .* set ANTHROPIC_API_KEY .* demo provider/,
	);
});

test("with a key, anthropic is there", () => {
	expect(createProviders({ anthropicApiKey: "key" })("anthropic").name).toBe("anthropic");
});

test("a step's own key is enough", () => {
	expect(createProviders({})("anthropic", { apiKey: "key" }).name).toBe("anthropic");
	expect(() => createProviders({})("anthropic", { apiKey: "" })).toThrow(FatalError);
});

test("an unknown provider is named", () => {
	expect(() => createProviders({})("__proto__")).toThrow("no provider called __proto__");
});
