import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { fireSchedules } from "@/server/triggers/schedule/fire-schedules";
import { testSchedules } from "@/server/triggers/schedule/test-schedules";

const TOKEN = "a token of the tests";
const { database, team } = await setUpTestTeam();
const HOUR = 3_600_000;

beforeEach(() => {
	vi.resetModules();
	vi.stubEnv("DATABASE_URL", database.url);
	vi.stubEnv("WEFT_METRICS_TOKEN", TOKEN);
});
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
});

async function read(authorization?: string): Promise<Response> {
	const { GET } = await import("./route");
	return await GET(new Request("http://weft/api/metrics", { headers: authorization ? { authorization } : {} }));
}

test("tell of each schedule what came of its times within a day, and for how long it is overdue", async () => {
	const schedules = testSchedules(database, team);
	const { id, ref, due } = await schedules.create({ missed: "once" });
	await schedules.moveTo(id, due - 5 * HOUR);
	await fireSchedules(database, () => due - HOUR - 1_000);
	await schedules.moveTo(id, due - HOUR);
	const response = await read(`Bearer ${TOKEN}`);
	expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
	const text = await response.text();
	const metric = (name: string) =>
		new RegExp(`^weft_schedule_${name}\\{team="acme",workflow="${ref.slug}",schedule="hourly"\\} (\\S+)$`, "m").exec(
			text,
		)?.[1];
	const counts = ["expected", "fired", "late", "missed", "skipped", "failed"].map(metric);
	expect(counts).toEqual(["4", "1", "1", "3", "0", "0"]);
	expect(Number(metric("overdue_seconds"))).toBeGreaterThanOrEqual(0);
	expect(text).toContain("# TYPE weft_schedule_missed gauge");
});

test.each([undefined, "Bearer another token", `Basic ${TOKEN}`, TOKEN])("are kept from who sends %s", async (sent) => {
	const response = await read(sent);
	expect(response.status).toBe(401);
	expect(await response.text()).not.toContain("weft_schedule");
});

test("are read by nobody where no token is set", async () => {
	vi.stubEnv("WEFT_METRICS_TOKEN", "");
	expect((await read("Bearer ")).status).toBe(401);
	expect((await read("Bearer undefined")).status).toBe(401);
});
