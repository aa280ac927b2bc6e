import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LinkBusy } from "@/components/share/link-busy";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { openTestBrowser } from "@/server/http/test-browser";
import Page, { generateMetadata } from "./page";

vi.mock("next/headers", async () => (await import("@/server/http/test-browser")).nextHeaders);

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
	vi.stubEnv("DATABASE_URL", database.url);
	openTestBrowser({ host: "weft.example", "x-weft-client-address": "192.0.2.77" });
});
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
	vi.unstubAllEnvs();
	await database.drop();
});

const params = Promise.resolve({ token: "guessed" });

test("whoever tries very many links is told to wait, by a page and not by a fault of the server", async () => {
	const tries = Array.from({ length: 60 }, () => Page({ params }));
	const pages = await Promise.allSettled(tries);
	expect(new Set(pages.map(({ status }) => status))).toEqual(new Set(["rejected"]));
	expect(await Page({ params })).toMatchObject({ type: LinkBusy });
	expect(await generateMetadata({ params })).toMatchObject({ title: "Shared link", robots: { index: false } });
});
