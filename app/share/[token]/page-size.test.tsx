import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { isValidElement, type ReactElement } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeLargePlan } from "@/bench/support/large-plan";
import { openTestBrowser } from "@/server/http/test-browser";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { createRunLink } from "@/server/sharing/create-link";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import Page from "./page";

vi.mock("next/headers", async () => (await import("@/server/http/test-browser")).nextHeaders);

const MB = 1_000_000;
const { database, team } = await setUpTestTeam();

beforeAll(() => {
	vi.stubEnv("DATABASE_URL", database.url);
	openTestBrowser({ host: "weft.example", "x-weft-client-address": "192.0.2.77" });
});
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
});

/** The token of a link that shows all of a run of so many steps, each of which has run. */
async function shareRun(steps: number): Promise<string> {
	const plan = makeLargePlan(steps);
	const { runId } = await insertTestRun(database, team.id, { plan });
	const ran = plan.nodes.flatMap(({ id: nodeId }) => [
		{ type: "step.started" as const, nodeId, data: { attempt: 1, maxAttempts: 3 } },
		{ type: "step.completed" as const, nodeId, data: { attempt: 1, port: "out" } },
	]);
	await appendEvents(database.sql, runId, [{ type: "run.started", data: {} }, ...ran]);
	const shows = { settings: true, inputs: true, outputs: true, logs: true };
	return (await createRunLink(team.members.editor, { team: "acme", runId, name: "", shows })).token;
}

/** What the server paints of a page, and what it sends beside it to go on from there: text in a script, in quotation marks. */
function weigh(page: ReactElement<object>): { html: string; bytes: number } {
	const router = {
		push: vi.fn(),
		replace: vi.fn(),
		back: vi.fn(),
		forward: vi.fn(),
		refresh: vi.fn(),
		prefetch: vi.fn(),
	};
	const html = renderToString(
		<AppRouterContext value={{ ...router, bfcacheId: "test" }}>
			<SearchParamsContext value={new URLSearchParams()}>{page}</SearchParamsContext>
		</AppRouterContext>,
	);
	return { html, bytes: html.length + JSON.stringify(JSON.stringify(page.props)).length };
}

test("the page of a shared run of 2,000 steps is painted by the server, in 2 MB", async () => {
	const page = await Page({ params: Promise.resolve({ token: await shareRun(2_000) }) });
	if (!isValidElement<object>(page)) throw new Error("There is no page.");
	const { html, bytes } = weigh(page);
	expect(html).toContain("fetch 0");
	expect(html.match(/<rect[^>]*data-state="completed"/g)?.length ?? 0).toBeGreaterThan(100);
	expect(bytes).toBeLessThan(2 * MB);
});
