import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { startTestServer } from "@/server/http/test-server";
import { startTestMailServer } from "@/server/mail/test-mail-server";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import type { CredentialType } from "./catalog";
import type { CredentialValues } from "./credential-definition";
import { setCredential } from "./set-credential";
import { testCredential, testValues } from "./test-credential";

const TOKEN = "hunter2-hunter2";
const ACCEPTED = new Set([`Bearer ${TOKEN}`, `Basic ${Buffer.from(`mara:${TOKEN}`).toString("base64")}`, TOKEN]);

const server = await startTestServer(({ url = "", headers }, response) => {
	if (url === "/moved") response.writeHead(302, { location: `https://example.com/${TOKEN}` }).end();
	else if (url === "/missing") response.writeHead(404).end(TOKEN);
	else response.writeHead(ACCEPTED.has(String(headers.authorization ?? headers["x-key"])) ? 200 : 401).end();
});
const { database, team } = await setUpTestTeam({ WEFT_ALLOW_ADDRESSES: "127.0.0.1" });
afterAll(async () => {
	await server.close();
});

async function tested(type: CredentialType, values: CredentialValues, url?: string) {
	const { id } = await setCredential(team.members.admin, { team: "acme", name: "TESTED", type, values });
	const { verdict, message } = await testCredential(team.members.admin, { team: "acme", id, ...(url && { url }) });
	expect(message).not.toContain(TOKEN);
	const unsaved = await testValues(team.members.operator, { team: "acme", type, values, ...(url && { url }) });
	expect(unsaved).toEqual({ verdict, message });
	return `${verdict}: ${message.replaceAll(String(server.port), "PORT")}`;
}

test.each([
	["token", { token: TOKEN }],
	["basic", { user: "mara", password: TOKEN }],
	["header", { name: "X-Key", value: TOKEN }],
] as const)("a %s is sent to the address that one names", async (type, values) => {
	expect(await tested(type, values, `${server.origin}/me`)).toBe("works: 127.0.0.1:PORT answered with status 200.");
	const wrong = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, `${value}-no`]));
	expect(await tested(type, wrong, `${server.origin}/me`)).toContain("refused: ");
});

test("a provider is asked for its models, where it is", async () => {
	const values = { provider: "openai", key: TOKEN, url: `${server.origin}/v1/` };
	expect(await tested("llm", values)).toBe("works: 127.0.0.1:PORT answered with its list of models.");
	expect(await tested("llm", { ...values, key: `${TOKEN}-no` })).toContain("refused: 127.0.0.1:PORT refused the key");
	expect(await tested("llm", { ...values, url: "http://10.0.0.1/v1" })).toContain("is not a public address");
});

test("a mail server is signed in to, and sent nothing", async () => {
	const mail = await startTestMailServer();
	const wrong = await startTestMailServer({ refusals: [{ verb: "AUTH", answer: `535 not ${TOKEN}` }] });
	const values = { host: "127.0.0.1", security: "none", user: "mara", password: TOKEN, from: "weft@example.com" };
	const port = (server: { url: string }) => new URL(server.url).port;
	expect(await tested("smtp", { ...values, port: port(mail) })).toBe("works: 127.0.0.1 takes the account mara.");
	expect(await tested("smtp", { ...values, port: port(wrong) })).toContain("refused: 127.0.0.1 refused the user name");
	expect(mail.mails).toEqual([]);
	await Promise.all([mail.close(), wrong.close()]);
});

test.each([
	[
		"/moved",
		"unknown: 127.0.0.1:PORT answered with status 302, which does not tell whether it works. Try the address that it redirects to.",
	],
	[
		"/missing",
		"unknown: 127.0.0.1:PORT answered with status 404, which does not tell whether it works. Try another address of the same server.",
	],
])("an answer at %s does not tell whether it works", async (path, said) => {
	expect(await tested("token", { token: TOKEN }, `${server.origin}${path}`)).toBe(said);
});

test.each([
	["http://10.0.0.1/", /^unknown: 10\.0\.0\.1 is not a public address/],
	["file:///etc/passwd", /^unknown: Enter an address/],
	[`http://127.0.0.1:1/${TOKEN}`, /^unknown: /],
	[undefined, /^unknown: Enter an address/],
])("nothing is sent to %s, and it is said why", async (url, said) => {
	expect(await tested("token", { token: TOKEN }, url)).toMatch(said);
});

test("a database is signed in to", async () => {
	expect(await tested("database-url", { url: database.url })).toMatch(/^works: Signed in to PostgreSQL \d+/);
	const nobody = new URL(database.url);
	nobody.username = "nobody_of_this_name";
	expect(await tested("database-url", { url: nobody.href })).toMatch(/^refused: /);
	expect(await tested("database-url", { url: `redis://u:${TOKEN}@127.0.0.1:${server.port}` })).toContain(
		"unknown: 127.0.0.1 answers on port PORT.",
	);
	expect(await tested("database-url", { url: "postgres://u:p@127.0.0.1:1/x" })).toMatch(
		/^unknown: 127\.0\.0\.1 refused/,
	);
	expect(await tested("database-url", { url: "postgres://u:p@10.0.0.1/x" })).toContain("is not a public address");
});

/** Made with `ssh-keygen -t ed25519`, and its fingerprint as `ssh-keygen -lf` prints it. */
const OPENSSH = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZWQyNTUxOQAAACBbbGIIEcQgH60xe7JkLLqRW91Nu3/tEdkZcc/9y2PxogAAAIj5YMSi+WDEogAAAAtzc2gtZWQyNTUxOQAAACBbbGIIEcQgH60xe7JkLLqRW91Nu3/tEdkZcc/9y2PxogAAAEB649pbSRYZ9s6OSsKqeB1PB/9Zrd/YI/t5UCr4cYm1UVtsYggRxCAfrTF7smQsupFb3U27f+0R2Rlxz/3LY/GiAAAABHRlc3QB
-----END OPENSSH PRIVATE KEY-----`;

test("of an SSH key the fingerprint is shown", async () => {
	expect(await tested("ssh-key", { key: OPENSSH })).toBe(
		"works: ssh-ed25519, SHA256:oZdc0uudRaesffSiv+id2hyViM8W9ozgX/lXp7aLTAw",
	);
	const rsa = pemOf(generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey);
	expect(await tested("ssh-key", { key: rsa })).toMatch(/^works: ssh-rsa, SHA256:[A-Za-z0-9+/]{43}$/);
	const ec = pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
	expect(await tested("ssh-key", { key: ec })).toMatch(/^works: ecdsa-sha2-nistp256, SHA256:/);
	expect(await tested("ssh-key", { key: rsa.replace(/\n.{20}/, "\nAAAA") })).toContain(
		"refused: This private key cannot be read",
	);
	const locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIBvTBXBgkqhkiG9w0BBQ0w\n-----END ENCRYPTED PRIVATE KEY-----";
	expect(await tested("ssh-key", { key: locked })).toContain("unknown: The key is encrypted");
});

function pemOf(key: KeyObject): string {
	return key.export({ type: "pkcs8", format: "pem" }).toString();
}

test("keys and values have nothing to test, and what is tested is audited with the host", async () => {
	await expect(tested("key-value", { values: { a: "b" } })).rejects.toThrow("nothing to test");
	await tested("token", { token: TOKEN }, `${server.origin}/me?key=${TOKEN}`);
	const entries = await database.sql`
		select detail from audit_log where action = 'credential.tested' order by id desc limit 2`;
	const host = `127.0.0.1:${server.port}`;
	expect(entries).toEqual([{ detail: { name: "Token, not saved", host } }, { detail: { name: "TESTED", host } }]);
});
