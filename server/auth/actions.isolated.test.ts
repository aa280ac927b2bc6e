import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findConnectionOwner } from "@/server/http/connection-owner";
import { openTestBrowser, testCookies } from "@/server/http/test-browser";
import { TEST_SECRET } from "@/server/teams/test-team";
import { createAccount, signIn, signInAgain, tryDemo } from "./actions";

vi.mock("next/headers", async () => (await import("@/server/http/test-browser")).nextHeaders);
vi.mock("next/navigation", () => ({
	redirect: (path: string) => {
		throw new Error(`redirect to ${path}`);
	},
}));
vi.mock("./auth", () => ({ signIn: vi.fn() }));
vi.mock("@/server/http/connection-owner", () => ({ findConnectionOwner: vi.fn() }));

const owner = vi.mocked(findConnectionOwner);
const HERE = { host: "localhost:3000", "x-weft-client-address": "127.0.0.1", "x-weft-client-ports": "5000 3000" };
const ELSEWHERE = { ...HERE, host: "evil.example:3000" };

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
	vi.stubEnv("DATABASE_URL", database.url);
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
});
beforeEach(async () => {
	owner.mockResolvedValue("other");
	openTestBrowser(HERE);
	await database.sql`delete from workflows`;
	await database.sql`delete from teams`;
	await database.sql`delete from users`;
});
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
	vi.unstubAllEnvs();
	await database.drop();
});

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}
const ada = () => form({ name: "Ada", email: "ada@example.com", password: "correct horse battery" });
const countPeople = async () => (await database.sql`select id from users`).length;

test("whoever sits at this machine tries the demo", async () => {
	await expect(tryDemo({}, form({}))).rejects.toThrow("redirect to /demo/workflows");
	expect([...testCookies().keys()]).toEqual(["weft.session"]);
});

test.each([
	["tries the demo", () => tryDemo({}, form({}))],
	["comes back to the demo", () => signInAgain({}, form({ demo: "1" }))],
	["signs in", () => signIn({}, ada())],
	["makes an account", () => createAccount({}, ada())],
])("nobody %s under a name that was made to lead to this machine", async (_, act) => {
	openTestBrowser(ELSEWHERE);
	expect((await act()).error).toMatch(/^This server is for this machine only\. Open it as http:\/\/localhost:/);
	expect(testCookies().size).toBe(0);
	expect(await countPeople()).toBe(0);
});

test("a step of a workflow neither tries the demo nor makes an account", async () => {
	owner.mockResolvedValue("step");
	expect(await tryDemo({}, form({}))).toEqual({
		error: "The demo is for the person at this machine, not for steps of a workflow. Sign in with an account.",
	});
	expect((await createAccount({}, ada())).error).toBe(
		"Steps of workflows cannot create accounts. Open this page in a browser.",
	);
	expect(testCookies().size).toBe(0);
	expect(await countPeople()).toBe(0);
});

test("people make accounts while steps run, though the demo waits until it is clear who asks", async () => {
	owner.mockResolvedValue("unclear");
	expect((await tryDemo({}, form({}))).error).toMatch(/^A step is running/);
	await expect(createAccount({}, ada())).rejects.toThrow(/redirect to \/ada\/workflows/);
	expect(await countPeople()).toBe(1);
});
