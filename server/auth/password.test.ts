import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";

test("a password fits its hash and no other does", async () => {
	const hash = await hashPassword("correct horse battery");
	expect(await verifyPassword("correct horse battery", hash)).toBe(true);
	expect(await verifyPassword("correct horse batterY", hash)).toBe(false);
});

test("the same password is hashed differently each time and never kept", async () => {
	const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
	expect(one).not.toBe(two);
	expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
});

test("letters that look the same on two keyboards are the same password", async () => {
	const composed = "caf\u00e9 au lait";
	expect(await verifyPassword(composed.normalize("NFD"), await hashPassword(composed))).toBe(true);
});

test("nobody gets in where there is no password", async () => {
	expect(await verifyPassword("", null)).toBe(false);
	expect(await verifyPassword("anything", null)).toBe(false);
});
