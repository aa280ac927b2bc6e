import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { signInWith } from "@/server/auth/actions";
import { signIn } from "@/server/auth/auth";
import { describeSignInError } from "@/server/auth/describe-sign-in-error";
import { openTestBrowser, setTestCookie, testCookies } from "@/server/http/test-browser";
import { TEST_SECRET } from "@/server/teams/test-team";
import { GET } from "./route";

const log = vi.hoisted(() => ({ error: vi.fn(), info: vi.fn(), debug: vi.fn() }));
vi.mock("next/headers", async () => (await import("@/server/http/test-browser")).nextHeaders);
vi.mock("@/server/observability/logger", () => ({ logger: { child: () => log } }));

const HERE = { host: "localhost:3000", "x-forwarded-proto": "http" };
const answerOfService = vi.fn<typeof fetch>();

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
	vi.stubEnv("DATABASE_URL", database.url);
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	vi.stubEnv("AUTH_GITHUB_ID", "id");
	vi.stubEnv("AUTH_GITHUB_SECRET", "secret");
	vi.stubGlobal("fetch", answerOfService);
});
beforeEach(() => {
	openTestBrowser(HERE);
	vi.clearAllMocks();
});
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
	vi.unstubAllGlobals();
	vi.unstubAllEnvs();
	await database.drop();
});

/** Goes to GitHub, as the button does; answers what GitHub hands back with the person. */
async function leave(): Promise<string> {
	const url: string = await signIn("github", { redirect: false });
	return new URL(url).searchParams.get("state") ?? "";
}

async function comeBack(query: Record<string, string>, provider = "github") {
	const address = `http://localhost:3000/api/auth/callback/${provider}?${new URLSearchParams(query)}`;
	const cookie = [...testCookies()].map(([name, value]) => `${name}=${value}`).join("; ");
	const response = await GET(new NextRequest(address, { headers: { ...HERE, cookie } }), {
		params: Promise.resolve({ provider }),
	});
	return new URL(response.headers.get("location") ?? "", address);
}

/** Each leaves as the button does, and comes back otherwise than the service leads back. */
const WAYS = {
	"without having left": () => comeBack({ code: "x", state: "y" }),
	"with another state": async () => {
		await leave();
		return await comeBack({ code: "x", state: "y" });
	},
	"without a state": async () => {
		await leave();
		return await comeBack({ code: "x" });
	},
	"with cookies of their own making": async () => {
		const state = await leave();
		for (const name of testCookies().keys()) setTestCookie(name, "https://localhost:3000/made-up");
		return await comeBack({ code: "x", state });
	},
	"with cookies that no browser keeps": async () => {
		const state = await leave();
		for (const name of testCookies().keys()) setTestCookie(name, "made-up");
		return await comeBack({ code: "x", state });
	},
	"with a code that the service never gave": async () => {
		const state = await leave();
		answerOfService.mockResolvedValue(Response.json({ error: "bad_verification_code" }));
		return await comeBack({ code: "made-up", state });
	},
	"having said no": async () => comeBack({ error: "access_denied", state: await leave() }),
	"from a service that there is not": () => comeBack({ code: "x" }, "evil"),
};

test.each(Object.entries(WAYS))(
	"whoever comes back %s is told what to do, and the log gets a line at most",
	async (_, act) => {
		const page = await act();
		expect(page.pathname).toBe("/sign-in");
		expect(describeSignInError(page.searchParams.get("error"))).toMatch(/Try again, or sign in with e-mail\.$/);
		expect(log.error).not.toHaveBeenCalled();
		expect(log.info.mock.calls.length).toBeLessThanOrEqual(1);
		expect(testCookies().has("weft.session")).toBe(false);
	},
);

test("what is wrong with this server is logged as an error", async () => {
	const state = await leave();
	answerOfService.mockRejectedValue(new TypeError("fetch failed"));
	await comeBack({ code: "x", state });
	expect(log.error).toHaveBeenCalledOnce();
});

test.each(["made-up", "%00", "%", "javascript:alert(1)", "x".repeat(5_000)])(
	"whoever has a cookie that cannot be read (%#) leaves for the service at the second try at the latest",
	async (value) => {
		const name = "authjs.callback-url";
		const pressButton = async () => {
			const cookie = [...testCookies()].map(([key, kept]) => `${key}=${kept}`).join("; ");
			const kept = new Map(testCookies());
			openTestBrowser({ ...HERE, cookie });
			for (const [key, text] of kept) setTestCookie(key, text);
			const form = new FormData();
			form.set("provider", "github");
			return await signInWith({}, form).catch((error: unknown) => String(Object(error).digest));
		};
		setTestCookie(name, value);
		expect(await pressButton()).toEqual({ error: expect.stringContaining("Try again") });
		expect(testCookies().has(name)).toBe(false);
		expect(await pressButton()).toContain("https://github.com/login/oauth/authorize");
	},
);
