import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { envSchema, readEnv } from "./env";

describe("readEnv", () => {
	test("an empty environment gives the defaults of one machine", () => {
		expect(readEnv({})).toMatchObject({
			PORT: 3000,
			HOST: "127.0.0.1",
			WEFT_DATA_DIR: ".weft",
			WEFT_ENGINE: "embedded",
			WEFT_DEMO_LOGIN: "this machine",
			WEFT_ALLOW_ADDRESSES: [],
		});
	});

	test("a wrong value is one line that names the variable and what it should be", () => {
		expect(() => readEnv({ PORT: "http" })).toThrow("Wrong environment variable: PORT must be a port number.");
		expect(() => readEnv({ PORT: "70000" })).toThrow("PORT must be a port between 1 and 65535");
		expect(() => readEnv({ DATABASE_URL: "mysql://x" })).toThrow("DATABASE_URL must be a URL such as postgres://");
		expect(() => readEnv({ WEFT_SECRET: "short" })).toThrow("WEFT_SECRET must have at least 32 characters");
	});

	test("all wrong values are told at once, none of them repeated in the message", () => {
		const read = () => readEnv({ PORT: "0", WEFT_SECRET: "hunter2", WEFT_ENGINE: "temporal" });
		expect(read).toThrow(/PORT .*; WEFT_ENGINE .*|WEFT_ENGINE .*; .*PORT/);
		expect(read).not.toThrow(/hunter2/);
	});

	test("an empty value counts as absent", () => {
		expect(readEnv({ DATABASE_URL: "", PORT: "" })).toMatchObject({ PORT: 3000 });
	});

	test("the demo login is off by default wherever others can reach the server", () => {
		expect(readEnv({ HOST: "0.0.0.0" }).WEFT_DEMO_LOGIN).toBe("nobody");
		expect(readEnv({ WEFT_ENGINE: "inngest" }).WEFT_DEMO_LOGIN).toBe("nobody");
		expect(readEnv({ AUTH_URL: "https://weft.example.com" }).WEFT_DEMO_LOGIN).toBe("nobody");
		expect(readEnv({ AUTH_URL: "http://localhost:3000" }).WEFT_DEMO_LOGIN).toBe("this machine");
		expect(readEnv({ HOST: "0.0.0.0", WEFT_DEMO_LOGIN: "on" }).WEFT_DEMO_LOGIN).toBe("anybody");
	});

	test("wherever others can reach the server, accounts are made by invitation", () => {
		expect(readEnv({}).WEFT_SIGN_UP).toBe("open");
		expect(readEnv({ AUTH_URL: "http://localhost:3000" }).WEFT_SIGN_UP).toBe("open");
		expect(readEnv({ HOST: "0.0.0.0" }).WEFT_SIGN_UP).toBe("invited");
		expect(readEnv({ AUTH_URL: "https://weft.example.com" }).WEFT_SIGN_UP).toBe("invited");
		expect(readEnv({ HOST: "0.0.0.0", WEFT_SIGN_UP: "open" }).WEFT_SIGN_UP).toBe("open");
		expect(readEnv({ WEFT_SIGN_UP: "closed" }).WEFT_SIGN_UP).toBe("closed");
		expect(() => readEnv({ WEFT_SIGN_UP: "maybe" })).toThrow("WEFT_SIGN_UP must be open, invited or closed");
	});

	test("a mail server needs an address that mails come from", () => {
		expect(() => readEnv({ SMTP_URL: "smtp://localhost:1025" })).toThrow("MAIL_FROM must be set beside SMTP_URL.");
		expect(() => readEnv({ SMTP_URL: "http://localhost" })).toThrow("SMTP_URL must be a URL such as smtps://");
		const mail = { SMTP_URL: "smtps://u:p@smtp.example.com", MAIL_FROM: "Weft <weft@example.com>" };
		expect(readEnv(mail)).toMatchObject(mail);
	});

	test("address ranges are separated by commas", () => {
		expect(readEnv({ WEFT_ALLOW_ADDRESSES: "10.0.0.0/8, ::1" }).WEFT_ALLOW_ADDRESSES).toEqual(["10.0.0.0/8", "::1"]);
		expect(() => readEnv({ WEFT_ALLOW_ADDRESSES: "intranet" })).toThrow("WEFT_ALLOW_ADDRESSES must be CIDR ranges");
	});
});

describe("what is written about the variables", () => {
	// Node.js sets the usual one by itself; nobody puts it into a file.
	const read = Object.keys(envSchema.shape)
		.filter((name) => name !== "NODE_ENV")
		.sort();

	test("the README's table names every variable that is read, and no other", () => {
		const table = readText("../README.md").split("## Configuration")[1]?.split("\n## ")[0] ?? "";
		const names = [...table.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = ""]) => cell.match(/[A-Z_]{4,}/g) ?? []);
		expect(names.sort()).toEqual(read);
	});

	test(".env.example names every variable that is read, and no other", () => {
		const names = [...readText("../.env.example").matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
		expect(names.sort()).toEqual(read);
	});
});

function readText(path: string): string {
	return readFileSync(new URL(path, import.meta.url), "utf8");
}
