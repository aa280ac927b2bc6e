import { expect, test } from "vitest";
import { recognizeDevice, rememberDevice } from "./known-device";

const SECRETS = ["a secret of at least thirty-two characters"] as const;
const ada = { userId: "ada", passwordHash: "a" };
const bea = { userId: "bea", passwordHash: "b" };

test("a device knows all who have signed in on it, and nobody else", () => {
	const cookie = rememberDevice(SECRETS, rememberDevice(SECRETS, undefined, ada), bea);
	expect(recognizeDevice(SECRETS, cookie, ada)).toBeDefined();
	expect(recognizeDevice(SECRETS, cookie, bea)).toBeDefined();
	expect(recognizeDevice(SECRETS, cookie, { userId: "cy", passwordHash: "c" })).toBeUndefined();
});

test("a device is forgotten when its person changes their password", () => {
	expect(
		recognizeDevice(SECRETS, rememberDevice(SECRETS, undefined, ada), { ...ada, passwordHash: "new" }),
	).toBeUndefined();
});

test.each([
	"",
	"ada",
	"ada~~",
	"ada~0123456789abcdef~",
	`ada~0123456789abcdef~${"A".repeat(43)}`,
	".~.~",
	"x".repeat(100_000),
])("a made-up cookie proves nothing (%#)", (cookie) => {
	expect(recognizeDevice(SECRETS, cookie, ada)).toBeUndefined();
});

test("a cookie holds the last five people", () => {
	let cookie: string | undefined;
	for (const userId of ["a", "b", "c", "d", "e", "f"])
		cookie = rememberDevice(SECRETS, cookie, { userId, passwordHash: "" });
	expect(recognizeDevice(SECRETS, cookie, { userId: "a", passwordHash: "" })).toBeUndefined();
	expect(recognizeDevice(SECRETS, cookie, { userId: "b", passwordHash: "" })).toBeDefined();
	expect(cookie?.length).toBeLessThan(1_000);
});
