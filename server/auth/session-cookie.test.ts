import { expect, test } from "vitest";
import { sessionCookie } from "./session-cookie";

const ours = { httpOnly: true, sameSite: "lax", path: "/" };

test("behind TLS nobody but this host can set a session", () => {
	const cookie = { name: "__Host-weft.session", options: { ...ours, secure: true } };
	expect(sessionCookie("https://weft.example.com")).toEqual(cookie);
});

test.each([undefined, "http://weft.example.com"])("without TLS (%s) a session works all the same", (publicUrl) => {
	expect(sessionCookie(publicUrl)).toEqual({ name: "weft.session", options: { ...ours, secure: false } });
});
