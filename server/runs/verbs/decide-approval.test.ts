import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runSteps } from "@/db/schema/runs";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { makeAdministrator, verifyAddress } from "@/server/auth/administer";
import { testPlan } from "@/server/plan/test-plan";
import type { Role } from "@/server/teams/permissions";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { appendEvents } from "../store/append-events";
import { insertTestRun } from "../test-run";
import { decideApproval } from "./decide-approval";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

beforeEach(() => database.sql`update users set email_verified = null, is_administrator = false`);

const plan = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }]);

test("a decision about another question than the one that is asked by now is refused", async () => {
	const { runId } = await insertTestRun(database, team.id, { plan });
	await database.db.insert(runSteps).values({ runId, nodeId: "ask", status: "waiting" });
	const asked = (question: string) => {
		const data = { for: "approval" as const, by: "permission" as const, message: question, fields: [], approvers: [] };
		return appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: "ask", data: { ...data, question } }]);
	};
	const decide = (question?: string) => {
		const step = { team: "acme", runId, nodeId: "ask", iteration: "", question };
		return decideApproval(team.members.owner, { ...step, decision: "approved", values: {} });
	};
	await asked("1 list");
	await asked("2 remove");
	for (const read of ["1 list", undefined])
		await expect(decide(read)).rejects.toThrow("It asks something else by now.");
	await decide("2 remove");
	const [row] = await database.sql`select answer->>'question' as question from run_steps where run_id = ${runId}`;
	expect(row).toEqual({ question: "2 remove" });
});

/** Lets a member decide a question that these approvers may decide. */
async function decide(role: Role, approvers: string[]): Promise<void> {
	const { runId } = await insertTestRun(database, team.id, { plan });
	await database.db.insert(runSteps).values({ runId, nodeId: "ask", status: "waiting" });
	const data = { for: "approval" as const, message: "Well?", fields: [], approvers };
	await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: "ask", data }]);
	const step = { team: "acme", runId, nodeId: "ask", iteration: "" };
	await decideApproval(team.members[role], { ...step, decision: "approved", values: {} });
}

test.each<[Role, string[]]>([
	["operator", []],
	["operator", ["operator"]],
	["editor", ["operator"]],
	["admin", ["admin"]],
	["owner", ["admin"]],
	["editor", ["owner", "editor"]],
])("a member who is %s decides what %j may decide", async (role, approvers) => {
	await expect(decide(role, approvers)).resolves.toBeUndefined();
});

test.each<[Role, string[]]>([
	["operator", ["editor"]],
	["editor", ["owner", "admin"]],
	["admin", ["owner"]],
	["owner", ["operator@acme.example"]],
	["owner", ["constructor"]],
])("a member who is %s does not decide what only %j may decide", async (role, approvers) => {
	await expect(decide(role, approvers)).rejects.toThrow(`Only ${approvers.join(", ")} may decide this.`);
});

describe("somebody whom an approval names by their address", () => {
	const named = ["OPERATOR@acme.example"];
	const unverified = "This asks operator@acme.example, and whether that address is yours is not verified.";

	test("may not decide while anybody could have taken that address", async () => {
		await expect(decide("operator", named)).rejects.toThrow(unverified);
		await database.sql`update users set email_verified = now() where email <> 'operator@acme.example'`;
		await expect(decide("operator", named)).rejects.toThrow(unverified);
	});

	test("may decide once it is verified", async () => {
		await verifyAddress(database, "operator@acme.example");
		await expect(decide("operator", named)).resolves.toBeUndefined();
	});

	test("may decide where they administer the instance", async () => {
		await makeAdministrator(database, "operator@acme.example");
		await expect(decide("operator", named)).resolves.toBeUndefined();
	});

	test("may decide by their role, where it names that too", async () => {
		await expect(decide("operator", [...named, "operator"])).resolves.toBeUndefined();
	});

	test("may not decide as a viewer", async () => {
		await verifyAddress(database, "viewer@acme.example");
		await expect(decide("viewer", ["viewer@acme.example"])).rejects.toThrow("Your role in this team is viewer");
	});
});
