import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { setCredential } from "@/server/credentials/set-credential";
import { ensureTestPrompt } from "@/server/prompts/test-prompts";
import { insertTestRun } from "@/server/runs/test-run";
import { createRunLink } from "@/server/sharing/create-link";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { joinTestTeam } from "@/server/teams/test-team";
import { appRouter } from "./router";
import type { Target } from "./test-procedures/test-procedure";
import { callByName, procedureOf, requestsFor } from "./test-requests";

const { database, team } = await setUpTestTeam();

const nobody = {
	team: "acme",
	slug: "a",
	runId: "a",
	credentialId: "a",
	linkId: "a",
	memberId: "a",
	invitationId: "a",
};
const names = Object.keys(requestsFor(nobody));

test("every procedure is here, with all that its request can say", () => {
	expect([...names].sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
	for (const [name, request] of Object.entries(requestsFor(nobody))) {
		const [schema] = inputsOf(name);
		if (schema instanceof z.ZodObject) {
			expect([name, ...Object.keys(request).sort()]).toEqual([name, ...Object.keys(schema.shape).sort()]);
		}
	}
});

const DEEP = Array.from({ length: 50_000 }).reduce<unknown>((inner) => [inner], 1);
const MANY = Array.from({ length: 300_000 }, () => ({}));

/** Numbers of columns of type `bigint`. */
const BIGINTS = new Set(["comments.list.before"]);

describe.each(names)("%s", (name) => {
	const hasInput = inputsOf(name).length > 0;
	const hasNumber = variants(requestsFor(nobody)[name], (value) => (typeof value === "number" ? [0] : [])).length > 0;

	test.runIf(hasInput)("refuses text and names that the database cannot store", async () => {
		const target = await untouched();
		const wrong = variants(requestsFor(target)[name], (value) =>
			typeof value === "string" ? [`${value}\0`, `${value}\ud800`] : [],
		);
		for (const input of [...wrong, ...withWrongNames(requestsFor(target)[name])]) {
			expect([input, await codeOf(name, input)]).toEqual([input, "BAD_REQUEST"]);
		}
	});

	test.runIf(hasNumber)("answers no number with a fault of the server", async () => {
		const target = await makeTarget();
		const numbers = [2 ** 31, 2 ** 53, -1, 1.5, 1e300, Number.NaN, null];
		const wrong = variants(requestsFor(target)[name], (value) => (typeof value === "number" ? numbers : []));
		for (const input of wrong) expect([input, await codeOf(name, input)]).not.toContain("INTERNAL_SERVER_ERROR");
	});

	test.runIf(hasInput)("refuses the numbers that no column holds", async () => {
		const target = await untouched();
		const top = Object.entries(requestsFor(target)[name] ?? {}).filter(([, value]) => typeof value === "number");
		for (const [key] of top) {
			const tooLarge = BIGINTS.has(`${name}.${key}`) ? [2 ** 53] : [2 ** 31, 2 ** 53];
			for (const value of [...tooLarge, -1, 1.5, null]) {
				const input = { ...requestsFor(target)[name], [key]: value };
				expect([input, await codeOf(name, input)]).toEqual([input, "BAD_REQUEST"]);
			}
		}
	});

	test.runIf(hasInput)("takes no value that cannot be walked", async () => {
		expect(await codeOf(name, { ...requestsFor(nobody)[name], deep: DEEP })).toBe("BAD_REQUEST");
		expect(await codeOf(name, { ...requestsFor(nobody)[name], many: MANY })).toBe("PAYLOAD_TOO_LARGE");
	});
});

/** What is named by requests that are refused before they change anything. */
let shared: Promise<Target> | undefined;
async function untouched(): Promise<Target> {
	shared ??= makeTarget();
	return await shared;
}

async function makeTarget(): Promise<Target> {
	// More is made here than people may make in an hour.
	await database.sql`delete from rate_limits`;
	const { runId, slug } = await insertTestRun(database, team.id);
	const { id } = await setCredential(team.members.owner, {
		team: "acme",
		name: "TOKEN",
		type: "token",
		values: { token: "value" },
	});
	const shows = { settings: true, inputs: true, outputs: true, logs: true };
	const terms = { name: "", shows, hours: 1 };
	const link = await createRunLink(team.members.owner, { team: "acme", runId, ...terms });
	const invited = { team: "acme", role: "viewer", maxUses: 1, days: 1 } as const;
	const { id: invitationId } = await createInvitation(team.members.owner, invited);
	await ensureTestPrompt(team.members.owner);
	const { actor } = await joinTestTeam(database, team, { name: crypto.randomUUID(), role: "viewer" });
	return { team: "acme", slug, runId, credentialId: id, linkId: link.id, memberId: actor.id, invitationId };
}

async function codeOf(name: string, input: unknown): Promise<string> {
	try {
		await callByName(team.members.owner, name, input);
		return "OK";
	} catch (error) {
		if (error instanceof TRPCError) return error.code;
		throw error;
	}
}

function inputsOf(name: string): unknown[] {
	return procedureOf(name).inputs ?? [];
}

/** A value with one thing in it replaced, once for each thing and each of its replacements. */
function variants(value: unknown, replace: (value: unknown) => unknown[]): unknown[] {
	if (typeof value !== "object" || value === null) return replace(value);
	return Object.entries(value).flatMap(([key, inner]) =>
		variants(inner, replace).map((other) =>
			Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other },
		),
	);
}

/** A value with a name too many, once in each of its objects. */
function withWrongNames(value: unknown): unknown[] {
	if (typeof value !== "object" || value === null) return [];
	const inside = Object.entries(value).flatMap(([key, inner]) =>
		withWrongNames(inner).map((other) =>
			Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other },
		),
	);
	return Array.isArray(value) ? inside : [{ ...value, "a\0b": 1 }, { ...value, "\ud800": 1 }, ...inside];
}
