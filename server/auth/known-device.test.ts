import { expect, test } from "vitest";
import { recognizeDevice, rememberDevice } from "./known-device";

const SECRET = "a secret of at least thirty-two characters";
const ada = { userId: "ada", epoch: 0 };
const bea = { userId: "bea", epoch: 3 };

test("a device knows all who have signed in on it, and nobody else", () => {
	const cookie = rememberDevice(SECRET, rememberDevice(SECRET, undefined, ada), bea);
	expect(recognizeDevice(SECRET, cookie, ada)).toBeDefined();
	expect(recognizeDevice(SECRET, cookie, bea)).toBeDefined();
	expect(recognizeDevice(SECRET, cookie, { userId: "cy", epoch: 0 })).toBeUndefined();
});

test("a device is forgotten when its person signs out everywhere", () => {
	expect(recognizeDevice(SECRET, rememberDevice(SECRET, undefined, ada), { ...ada, epoch: 1 })).toBeUndefined();
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
	expect(recognizeDevice(SECRET, cookie, ada)).toBeUndefined();
});

test("a cookie holds the last five people", () => {
	let cookie: string | undefined;
	for (const userId of ["a", "b", "c", "d", "e", "f"]) cookie = rememberDevice(SECRET, cookie, { userId, epoch: 0 });
	expect(recognizeDevice(SECRET, cookie, { userId: "a", epoch: 0 })).toBeUndefined();
	expect(recognizeDevice(SECRET, cookie, { userId: "b", epoch: 0 })).toBeDefined();
	expect(cookie?.length).toBeLessThan(1_000);
});
