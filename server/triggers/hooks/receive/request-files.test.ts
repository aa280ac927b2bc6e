import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { openStorage } from "@/server/artifacts/storage/open-storage";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createHook } from "../../webhook/test-webhook";
import { redeliver } from "../send-again";

const { database, team } = await setUpTestTeam();
const at = { database, team };
vi.stubEnv("WEFT_DATA_DIR", await mkdtemp(join(tmpdir(), "weft-hooks-")));

function formOf(...files: File[]): { body: FormData } {
	const body = new FormData();
	body.append("note", "hello");
	for (const file of files) body.append("scan", file);
	return { body };
}

async function contentOf(name: string): Promise<string[]> {
	const rows = await database.sql<{ key: string }[]>`select storage_key as key from artifacts where name = ${name}`;
	return await Promise.all(rows.map(async ({ key }) => await text(await openStorage().read(key))));
}

test("a multipart form brings its fields, and its files as files of the run, with names that are no paths", async () => {
	const hook = await createHook(at);
	const pdf = new File(["%PDF"], "../../etc/scan.pdf", { type: "application/pdf" });
	const odd = new File(["<b>"], "..", { type: 'text/html"\u00e9' });
	expect((await hook.send(formOf(pdf, pdf, odd))).status).toBe(202);
	const [run] = await hook.runs();
	const file = { field: "scan", type: "application/pdf", size: 4, kind: "document", id: expect.any(String) };
	expect(run?.payload).toMatchObject({ body: { note: "hello" } });
	expect(run?.payload.files).toEqual([
		{ ...file, name: "scan.pdf" },
		{ ...file, name: "2-scan.pdf" },
		{ ...file, name: "file-3", type: "application/octet-stream", size: 3, kind: "other" },
	]);
	expect(await contentOf("scan.pdf")).toEqual(["%PDF"]);
	expect(await contentOf("file-3")).toEqual(["<b>"]);
	const rows =
		await database.sql`select id from artifacts where run_id = ${run?.id ?? ""} and node_id = '' order by id`;
	expect(rows).toHaveLength(3);
});

test("a form of more files than a request may bring starts nothing", async () => {
	const hook = await createHook(at);
	const many = Array.from({ length: 101 }, (_, index) => new File(["1"], `${index}.txt`));
	expect((await hook.send(formOf(...many))).status).toBe(400);
	expect(await hook.deliveries()).toMatchObject([{ verdict: "refused", reason: "Its form has more than 100 files." }]);
});

test("the files of a request that starts no run are given up, and one that is sent again brings its files again", async () => {
	const hook = await createHook(at, { filter: 'trigger.files[0].name == "yes.txt"', dedupeKey: "trigger.body.note" });
	const given = () => database.sql`select key from stored_files where recorded_at is null and doomed_at is null`;
	const yes = new File(["1"], "yes.txt");
	await hook.send(formOf(new File(["1"], "no.txt")));
	await hook.send(formOf(yes));
	await hook.send(formOf(yes));
	const found = await hook.deliveries();
	expect(found.map(({ verdict }) => verdict).toSorted()).toEqual(["duplicate", "filtered", "started"]);
	expect(await given()).toEqual([]);
	expect(await contentOf("yes.txt")).toEqual(["1"]);
	const started = found.find(({ verdict }) => verdict === "started");
	await redeliver(team.members.owner, { ...hook.ref, ids: [started?.id ?? ""] });
	expect(await contentOf("yes.txt")).toEqual(["1", "1"]);
});

test("a form whose files cannot be stored starts nothing and is answered with 503", async () => {
	const hook = await createHook(at);
	const away = vi.spyOn(openStorage(), "write").mockRejectedValue(new Error("the disk is full"));
	expect((await hook.send(formOf(new File(["1"], "a.txt")))).status).toBe(503);
	away.mockRestore();
	expect(await hook.runs()).toEqual([]);
	expect((await hook.send(formOf(new File(["1"], "a.txt")))).status).toBe(202);
});
