import { afterAll, vi } from "vitest";
import { createTestDatabase } from "@/db/test-database";
import { createTestTeam, TEST_SECRET } from "./test-team";

/**
 * What most tests of a team's verbs begin with: a database of their own, removed after them, with the team “acme” in it,
 * whose master secret is `TEST_SECRET`. @param env further variables of the environment
 */
export async function setUpTestTeam(env: Readonly<Record<string, string>> = {}) {
	for (const [name, value] of Object.entries({ WEFT_SECRET: TEST_SECRET, ...env })) vi.stubEnv(name, value);
	const database = await createTestDatabase();
	afterAll(async () => {
		vi.unstubAllEnvs();
		await database.drop();
	});
	return { database, team: await createTestTeam(database, "acme") };
}
