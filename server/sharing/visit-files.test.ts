import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openFileStore } from "@/server/artifacts/file-store";
import { saveFile } from "@/server/artifacts/save-file";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createRunLink } from "./create-link";
import { visitorAt } from "./test-visit";
import { visitFile, visitFiles } from "./visit-files";
import { zipSharedFiles } from "./zip-shared-files";

const { database, team } = await setUpTestTeam();
const visitor = visitorAt(database, "192.0.2.9");
let directory: string;
let runId: string;
let ids: string[];
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-shared-files-"));
	vi.stubEnv("WEFT_DATA_DIR", directory);
	runId = (await insertTestRun(database, team.id)).runId;
	ids = await Promise.all([keep(runId, "report.txt", "of somebody@private.example"), keep(runId, "a.bin", "\0bin")]);
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await rm(directory, { recursive: true, force: true });
});

async function keep(of: string, name: string, content: string | Buffer): Promise<string> {
	const place = { teamId: team.id, runId: of, nodeId: "work", iteration: "", attempt: 1 };
	const open = async () => Readable.from([Buffer.from(content)]);
	return (await saveFile(openFileStore(database.sql), place, { name, size: content.length, open })).id;
}

async function linkThat(shows: { inputs: boolean; outputs: boolean }): Promise<string> {
	const terms = { name: "", hours: 1, shows: { settings: false, logs: false, ...shows } };
	return (await createRunLink(team.members.owner, { team: "acme", runId, ...terms })).token;
}

describe("a link", () => {
	test("that shows inputs and outputs sends the files, with what looks private hidden in texts", async () => {
		const token = await linkThat({ inputs: true, outputs: true });
		expect((await visitFiles(visitor, { token })).map(({ name }) => name)).toEqual(["a.bin", "report.txt"]);
		const report = await visitFile(visitor, { token, id: ids[0] ?? "" });
		expect(await text(await report.open())).toBe("of •••");
		expect(report.size).toBe(Buffer.byteLength("of •••"));
		expect(await text(await (await visitFile(visitor, { token, id: ids[1] ?? "" })).open())).toBe("\0bin");
	});

	test("sends all of them as one archive, each as it is sent alone, and none where it shows none", async () => {
		const token = await linkThat({ inputs: true, outputs: true });
		const zip = await text(await zipSharedFiles(visitor, { token }, (work) => work()));
		expect(zip).toMatch(/work\/report\.txtof •••/);
		expect(zip).toMatch(/work\/a\.bin\0bin/);
		expect(zip).not.toContain("somebody@");
		const bare = await linkThat({ inputs: false, outputs: true });
		const refused = zipSharedFiles(visitor, { token: bare }, (work) => work());
		await expect(refused).rejects.toMatchObject({ code: "not_found" });
	});

	test("hides it beside bytes that are no UTF-8 and in UTF-16, too, and sends no text too long to be searched", async () => {
		const token = await linkThat({ inputs: true, outputs: true });
		const sent = async (content: Buffer) => {
			const id = await keep(runId, `${crypto.randomUUID()}.log`, content);
			return await buffer(await (await visitFile(visitor, { token, id })).open());
		};
		expect((await sent(Buffer.from("caf\xe9 of somebody@private.example", "latin1"))).toString()).toBe(
			"caf\ufffd of •••",
		);
		expect(await sent(Buffer.from("caf\xe9", "latin1"))).toEqual(Buffer.from("caf\xe9", "latin1"));
		const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
		const [at, hidden] = ["of somebody@private.example", "of •••"];
		expect(await sent(utf16(at))).toEqual(utf16(hidden));
		expect(await sent(utf16(at).swap16())).toEqual(utf16(hidden).swap16());
		await expect(sent(utf16("a".repeat(6_000_000)))).rejects.toMatchObject({ code: "too_large" });
		const long = Buffer.alloc(10_000_001, "a");
		await expect(sent(long)).rejects.toMatchObject({ code: "too_large" });
		long[100] = 0;
		expect((await sent(long)).length).toBe(long.length);
	});

	test.each([
		{ inputs: false, outputs: true },
		{ inputs: true, outputs: false },
	])("that shows %j sends none", async (shows) => {
		const token = await linkThat(shows);
		expect(await visitFiles(visitor, { token })).toEqual([]);
		await expect(visitFile(visitor, { token, id: ids[0] ?? "" })).rejects.toMatchObject({ code: "not_found" });
	});

	test("sends no file of another run", async () => {
		const other = (await insertTestRun(database, team.id)).runId;
		const id = await keep(other, "other.txt", "x");
		const token = await linkThat({ inputs: true, outputs: true });
		await expect(visitFile(visitor, { token, id })).rejects.toMatchObject({ code: "not_found" });
	});
});
