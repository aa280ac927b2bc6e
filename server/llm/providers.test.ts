import { expect, test } from "vitest";
import { FatalError } from "../errors";
import { createProviders } from "./providers";

test("the demo provider needs nothing", () => {
	expect(createProviders({})("demo").name).toBe("demo");
});

test("without a key, anthropic says how to get one set up", () => {
	expect(() => createProviders({})("anthropic")).toThrow(FatalError);
	expect(() => createProviders({ anthropicApiKey: "" })("anthropic")).toThrow(/Set ANTHROPIC_API_KEY .* demo provider/);
});

test("with a key, anthropic is there", () => {
	expect(createProviders({ anthropicApiKey: "key" })("anthropic").name).toBe("anthropic");
});

test("an unknown provider is named", () => {
	expect(() => createProviders({})("__proto__")).toThrow("no provider called __proto__");
});
