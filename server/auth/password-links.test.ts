import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findViewer } from "./find-viewer";
import { hashPassword, verifyPassword } from "./password";
import {
	findPasswordLink,
	forgetPasswordLinks,
	makePasswordLink,
	setPassword,
	usePasswordLink,
} from "./password-links";
import { hashToken } from "./secret-token";
import { beginSession } from "./sessions";

let database: TestDatabase;
let oldHash: string;
const password = "a new password";

beforeAll(async () => {
	database = await createTestDatabase();
	oldHash = await hashPassword("the old password");
});
afterAll(() => database.drop());

describe("a link for a new password", () => {
	test("sets it once, and signs the person out everywhere", async () => {
		const { id, email } = await addUser();
		const session = await beginSession(database.db, id, { address: "10.0.0.1", userAgent: "" });
		const token = await makePasswordLink(database.db, id, "handed");
		expect(await findPasswordLink(database.db, token)).toEqual({ email });
		expect(await passwordOf(id)).toBe(oldHash);

		expect(await usePasswordLink(database, { token, password })).toEqual({ userId: id });

		expect(await verifyPassword(password, await passwordOf(id))).toBe(true);
		expect(await findViewer(database, { token: session.token, address: "10.0.0.1" })).toBeNull();
		expect(await findPasswordLink(database.db, token)).toBeNull();
		await expect(usePasswordLink(database, { token, password: "another one" })).rejects.toMatchObject({
			code: "not_found",
			message: "This link was used already, or it has expired. Ask for a new one.",
		});
	});

	test("works for one of many who press it at once", async () => {
		const { id } = await addUser();
		const token = await makePasswordLink(database.db, id, "handed");
		const tries = Array.from({ length: 5 }, (_, n) => usePasswordLink(database, { token, password: `password ${n}` }));
		const statuses = (await Promise.allSettled(tries)).map(({ status }) => status);
		expect(statuses.filter((status) => status === "fulfilled")).toHaveLength(1);
	});

	test("is void once the password was set in another way", async () => {
		const { id } = await addUser();
		const [one, two, three] = await Promise.all([1, 2, 3].map(() => makePasswordLink(database.db, id, "mailed")));
		await usePasswordLink(database, { token: one ?? "", password });
		expect(await findPasswordLink(database.db, two ?? "")).toBeNull();
		expect(await findPasswordLink(database.db, three ?? "")).toBeNull();
		const late = await makePasswordLink(database.db, id, "mailed");
		await setPassword(database.db, { userId: id, passwordHash: oldHash });
		await expect(usePasswordLink(database, { token: late, password })).rejects.toMatchObject({ code: "not_found" });
		expect(await passwordOf(id)).toBe(oldHash);
	});

	test.each([
		["mailed", "59 minutes", "61 minutes"],
		["handed", "23 hours", "25 hours"],
	] as const)("that was %s works after %s and no more after %s", async (way, soon, late) => {
		const { id } = await addUser();
		const token = await makePasswordLink(database.db, id, way);
		await passTime(token, soon);
		expect(await findPasswordLink(database.db, token)).not.toBeNull();
		await passTime(token, late);
		expect(await findPasswordLink(database.db, token)).toBeNull();
		await expect(usePasswordLink(database, { token, password })).rejects.toMatchObject({ code: "not_found" });
		await forgetPasswordLinks(database.sql);
		expect(await database.sql`select 1 from password_links where id = ${hashToken(token)}`).toHaveLength(0);
	});

	test("proves the address only if it was sent there", async () => {
		const [mailed, handed] = [await addUser(), await addUser()];
		await usePasswordLink(database, { token: await makePasswordLink(database.db, mailed.id, "mailed"), password });
		await usePasswordLink(database, { token: await makePasswordLink(database.db, handed.id, "handed"), password });
		const rows = await database.sql`
			select id, email_verified is not null as proven from users where id in (${mailed.id}, ${handed.id})`;
		expect(new Map(rows.map((row) => [row.id, row.proven]))).toEqual(
			new Map([
				[mailed.id, true],
				[handed.id, false],
			]),
		);
	});

	test("is stored by its hash, and nothing else opens it", async () => {
		const { id } = await addUser();
		const token = await makePasswordLink(database.db, id, "handed");
		const stored = JSON.stringify(await database.sql`select * from password_links`);
		expect(stored).not.toContain(token);
		for (const wrong of ["", hashToken(token), `${token} `, token.toLowerCase()])
			expect(await findPasswordLink(database.db, wrong)).toBeNull();
	});
});

async function addUser() {
	const person = { id: crypto.randomUUID(), email: `${crypto.randomUUID()}@example.com`, passwordHash: oldHash };
	await database.db.insert(users).values(person);
	return person;
}

async function passwordOf(id: string): Promise<string> {
	const [row] = await database.sql<{ hash: string }[]>`select password_hash as hash from users where id = ${id}`;
	return row?.hash ?? "";
}

async function passTime(token: string, age: string): Promise<void> {
	await database.sql`
		update password_links set created_at = now() - ${age}::interval,
			expires_at = now() - ${age}::interval + (expires_at - created_at) where id = ${hashToken(token)}`;
}
