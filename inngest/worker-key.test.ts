import { afterEach, beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
	vi.resetModules();
	vi.stubEnv("WEFT_SECRET", "a secret of at least 32 characters");
});
afterEach(() => vi.unstubAllEnvs());

it("is carried by the address that was made with it, and by no other", async () => {
	const { getWorkerKey, hasWorkerKey } = await import("./worker-key");
	const address = (key: string) => new URL(`http://127.0.0.1:3010/api/inngest?fnId=a${key}`);
	expect(hasWorkerKey(address(`&key=${getWorkerKey()}`))).toBe(true);
	for (const wrong of ["", "&key=", "&key=x", `&key=${getWorkerKey().slice(0, -1)}A`, `&key=${getWorkerKey()}A`])
		expect(hasWorkerKey(address(wrong))).toBe(false);
});

it("follows from the secret and is not the secret", async () => {
	const { getWorkerKey } = await import("./worker-key");
	expect(getWorkerKey()).toMatch(/^[\w-]{43}$/);
});
