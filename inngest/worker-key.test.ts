import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MasterSecrets } from "@/server/derive-key";

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

const BEFORE = "the first secret, of 32 characters or more";
const OLD = "the second secret, of 32 characters or more";
const NEW = "the third secret, of 32 characters or more";

/** What processes know while the secret is replaced: two that run at once are never further apart than neighbours. */
it.each<[string, MasterSecrets, MasterSecrets]>([
	["while they learn the new secret", [OLD], [NEW, OLD]],
	["in between", [NEW, OLD], [NEW, OLD]],
	["while they forget the old one", [NEW, OLD], [NEW]],
])("an address made by web or worker is accepted by the other %s", async (_, one, other) => {
	const { getWorkerKey, hasWorkerKey } = await import("./worker-key");
	const address = (secrets: MasterSecrets) => new URL(`http://127.0.0.1:3010/api/inngest?key=${getWorkerKey(secrets)}`);
	expect([hasWorkerKey(address(one), other), hasWorkerKey(address(other), one)]).toEqual([true, true]);
});

it("is not accepted from a secret that is not known any more", async () => {
	const { getWorkerKey, hasWorkerKey } = await import("./worker-key");
	const address = (secret: string) => new URL(`http://127.0.0.1:3010/api/inngest?key=${getWorkerKey([secret])}`);
	expect(hasWorkerKey(address(BEFORE), [NEW, OLD])).toBe(false);
	expect(hasWorkerKey(address(OLD), [NEW])).toBe(false);
});
