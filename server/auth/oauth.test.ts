import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { SignUpPolicy } from "@/server/env";
import { startTestServer } from "@/server/http/test-server";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import { revokeInvitation } from "@/server/teams/invitations/revoke-invitation";
import { createTestTeam } from "@/server/teams/test-team";
import { admitFromService } from "./admit-from-service";
import { readGitHubProfile } from "./github-profile";
import { oauthAdapter } from "./oauth-adapter";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
	await database.db.insert(users).values({ email: "first@example.com" });
});
afterAll(() => database.drop());

describe("whoever comes by another service", () => {
	test("gets an account with the verified address, and the service's tokens are not kept", async () => {
		expect(await admit("github-1", { email: "Ada@Example.com", email_verified: true })).toBeUndefined();
		const user = await adapter().createUser?.({ ...NOBODY, name: "Ada", email: "Ada@Example.com" });
		expect(user).toMatchObject({ email: "ada@example.com", emailVerified: expect.any(Date) });
		const tokens = { access_token: "ghu_secret", refresh_token: "ghr_secret", id_token: "ey", scope: "user" };
		await adapter().linkAccount?.({ ...account("github-1"), ...tokens, type: "oauth", userId: user?.id ?? "" });
		expect(JSON.stringify(await database.sql`select * from accounts`)).not.toMatch(/secret|"ey"/);
		expect(await adapter().getUserByAccount?.(account("github-1"))).toMatchObject({ id: user?.id });
		expect(await administrators()).toEqual([]);
	});

	test("comes in again whatever became of the address since", async () => {
		expect(
			await admit("github-1", { email: "ada@elsewhere.example", email_verified: false }, "closed"),
		).toBeUndefined();
	});

	test.each([
		["not verified", { email: "bea@example.com", email_verified: false }],
		["called verified in a way that is none", { email: "bea@example.com", email_verified: "true" }],
		["not said to be verified", { email: "bea@example.com" }],
		["missing", { email: null, email_verified: true }],
	])("is refused while the address is %s", async (_, profile) => {
		expect(await admit("github-2", profile)).toBe("AddressNotVerified");
	});

	test("takes over no account that somebody made with an address they never proved", async () => {
		await database.db.insert(users).values({ email: "victim@example.com", passwordHash: "the attacker's" });
		expect(await admit("github-3", { email: "victim@example.com", email_verified: true })).toBe(
			"OAuthAccountNotLinked",
		);
		expect(await adapter().getUserByEmail?.("victim@example.com")).toBeNull();
	});

	test("is linked to the account whose address was verified here, too", async () => {
		await database.db.insert(users).values({ email: "cy@example.com", emailVerified: new Date() });
		expect(await admit("github-4", { email: "CY@example.com", email_verified: true }, "closed")).toBeUndefined();
		expect(await adapter().getUserByEmail?.("CY@example.com")).toMatchObject({ email: "cy@example.com" });
	});

	test("makes no account where accounts are made by invitation or not at all", async () => {
		const profile = { email: "dee@example.com", email_verified: true };
		expect(await admit("github-5", profile, "invited")).toBe("SignUpInvited");
		expect(await admit("github-5", profile, "closed")).toBe("SignUpClosed");
		const late = adapter("invited").createUser?.({ ...NOBODY, email: "dee@example.com" });
		await expect(late).rejects.toMatchObject({ code: "forbidden" });
	});

	test("makes an account by invitation to the verified address, for as long as the invitation is open", async () => {
		const team = await createTestTeam(database, "hosts");
		const profile = { email: "eve@example.com", email_verified: true };
		const { id } = await createInvitation(team.members.owner, {
			...{ team: team.slug, role: "editor", email: "eve@example.com", maxUses: 1, days: 7 },
		});
		expect(await admit("github-6", profile, "closed")).toBe("SignUpClosed");
		expect(await admit("github-6", { ...profile, email_verified: false }, "invited")).toBe("AddressNotVerified");
		expect(await admit("github-6", profile, "invited")).toBeUndefined();
		await revokeInvitation(team.members.owner, { team: team.slug, id });
		expect(await admit("github-6", profile, "invited")).toBe("SignUpInvited");
		await createInvitation(team.members.owner, {
			...{ team: team.slug, role: "editor", email: "eve@example.com", maxUses: 1, days: 7 },
		});
		const user = await adapter("invited").createUser?.({ ...NOBODY, email: "Eve@Example.com" });
		expect(user).toMatchObject({ email: "eve@example.com" });
	});

	test("counts among the new accounts of an address", async () => {
		const refusals: unknown[] = [];
		for (let number = 0; number < 21; number += 1)
			refusals.push(await admit(`crowd-${number}`, { email: `${number}@crowd.example`, email_verified: true }));
		expect(refusals.slice(-2)).toEqual([expect.toBeOneOf([undefined, "TooManyAttempts"]), "TooManyAttempts"]);
	});
});

describe("GitHub's word", () => {
	const answers = { "/user": { id: 7, login: "ada", name: "Ada", email: "public@example.com" } };

	test.each([true, false])("is that of its primary address: verified %s", async (verified) => {
		const emails = [
			{ email: "old@example.com", primary: false, verified: true, visibility: null },
			{ email: "ada@example.com", primary: true, verified, visibility: "private" },
		];
		const profile = await askGitHub({ ...answers, "/user/emails": emails });
		expect(profile).toMatchObject({ id: 7, name: "Ada", email: "ada@example.com", email_verified: verified });
	});

	test("is none about an address on the public profile", async () => {
		expect(await askGitHub({ ...answers, "/user/emails": [] })).toMatchObject({ email: null, email_verified: false });
	});

	test("is waited for with an error that says what was asked", async () => {
		await expect(askGitHub(answers)).rejects.toThrow("GitHub answered /user/emails with status 404.");
	});
});

async function askGitHub(answers: Record<string, unknown>) {
	const server = await startTestServer((request, response) => {
		const answer = answers[request.url ?? ""];
		response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? null));
	});
	try {
		return await readGitHubProfile({ access_token: "token" }, server.origin);
	} finally {
		await server.close();
	}
}

const NOBODY = { id: "", emailVerified: null };

function account(providerAccountId: string) {
	return { provider: "github", providerAccountId };
}

function adapter(policy: SignUpPolicy = "open") {
	return oauthAdapter(database.db, { policy, beginSession: async (userId) => `token of ${userId}` });
}

function admit(id: string, profile: object, policy: SignUpPolicy = "open") {
	return admitFromService(database.db, { account: account(id), profile }, { policy, address: "10.0.0.1" });
}

async function administrators(): Promise<string[]> {
	const rows = await database.sql<{ email: string }[]>`select email from users where is_administrator`;
	return rows.map(({ email }) => email);
}
