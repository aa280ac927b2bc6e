import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ROLES } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { setCredential } from "@/server/credentials/set-credential";
import { insertTestRun } from "@/server/runs/test-run";
import { allows, explainRefusal, type Permission, rolesWith } from "@/server/teams/permissions";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { testProcedures } from "./test-procedures/list-test-procedures";
import { callByName, requestsFor } from "./test-requests";

/** The changes that ask a role for something, and what. */
const GUARDED = [...testProcedures].flatMap(([name, { asks }]) =>
	asks === undefined || typeof asks === "string" ? [] : [[name, asks] as const],
);

const ROOT = join(import.meta.dirname, "../..");

describe("the server refuses by the same permission", () => {
	let database: TestDatabase;
	let team: TestTeam;
	let requests: Record<string, object>;

	beforeAll(async () => {
		vi.stubEnv("WEFT_SECRET", TEST_SECRET);
		database = await createTestDatabase();
		team = await createTestTeam(database, "acme");
		const { runId, slug } = await insertTestRun(database, team.id, {});
		const token = { team: "acme", name: "TOKEN", type: "token", values: { token: "value" } } as const;
		const { id: credentialId } = await setCredential(team.members.owner, token);
		const memberId = team.members.viewer.userId;
		requests = requestsFor({ team: "acme", slug, runId, credentialId, memberId, linkId: "none", invitationId: "none" });
	});
	afterAll(async () => {
		vi.unstubAllEnvs();
		await database.drop();
	});

	test.each(GUARDED)("%s", async (name, permissions) => {
		const permission = permissions.at(-1) ?? "team:view";
		const tooWeak = ROLES.find((role) => !allows(role, permission)) ?? "owner";
		const call = callByName(team.members[tooWeak], name, requests[name]);
		await expect(call).rejects.toMatchObject({ message: explainRefusal(tooWeak, permission) });
	});
});

/** The editor is behind one guard; whoever may not edit gets the page of readers in its place. */
const GATE = "components/editor/editor-page.tsx";
const GATE_PERMISSION: Permission = "workflow:edit";
/** The control that sends a change is at most so many imports above what sends it. */
const MAX_HOPS = 2;

interface Source {
	text: string;
	/** The files that this one imports, at once or late. */
	imports: string[];
}

const sources = readSources();

describe("on the screen every change stands behind the guard that explains its permission", () => {
	test("the editor stands behind its own", () => {
		const importers = importersOf("components/editor/editor.tsx");
		expect([importers, guards(GATE, GATE_PERMISSION)]).toEqual([[GATE], true]);
	});

	test.each(GUARDED)("%s", (name, permissions) => {
		const senders = [...sources.keys()].filter((file) => sends(file, name));
		expect(senders).not.toEqual([]);
		const unguarded = senders.flatMap((file) => permissions.flatMap((asked) => waysWithout(file, asked, MAX_HOPS)));
		expect(unguarded).toEqual([]);
	});
});

/** The ways up from a file, each of so many imports, on which nothing guards a permission. */
function waysWithout(file: string, permission: Permission, hops: number): string[] {
	if (guards(file, permission) || isBehindGate(file, permission)) return [];
	const importers = importersOf(file);
	if (hops === 0 || importers.length === 0) return [`${file}: ${permission}`];
	return importers.flatMap((importer) => waysWithout(importer, permission, hops - 1).map((way) => `${way} < ${file}`));
}

function guards(file: string, permission: Permission): boolean {
	return new RegExp(`use(?:WhyNot|Refusal)\\(\\s*"${permission}"`).test(sources.get(file)?.text ?? "");
}

/** Whoever may edit may do this too. */
function isBehindGate(file: string, permission: Permission): boolean {
	const isEditor = file.startsWith("components/editor/") && file !== GATE;
	return isEditor && rolesWith(GATE_PERMISSION).every((role) => allows(role, permission));
}

function importersOf(file: string): string[] {
	return [...sources].flatMap(([importer, { imports }]) => (imports.includes(file) ? [importer] : []));
}

function sends(file: string, name: string): boolean {
	const [router = "", procedure = ""] = name.split(".");
	const text = sources.get(file)?.text ?? "";
	if (new RegExp(`trpc\\.${router}\\.${procedure}\\.mutationOptions`).test(text)) return true;
	const taken = new RegExp(`\\{([^}]*)\\} = trpc\\.${router};`).exec(text)?.[1] ?? "";
	return taken.split(",").some((each) => each.trim().startsWith(`${procedure}:`));
}

function readSources(): Map<string, Source> {
	const files = ["components", "app"]
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
		)
		.filter((file) => /\.tsx?$/.test(file))
		.map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }))
		.filter(({ text }) => !text.includes('from "vitest"'));
	const known = new Set(files.map(({ file }) => file));
	return new Map(
		files.map(({ file, text }) => {
			const paths = [...text.matchAll(/(?:from |import\()"((?:\.|@\/)[^"]+)"/g)].map(([, path = ""]) => path);
			const named = paths.map((path) => (path.startsWith("@/") ? path.slice(2) : join(dirname(file), path)));
			const imports = named.flatMap((path) => [`${path}.ts`, `${path}.tsx`].filter((each) => known.has(each)));
			return [file, { text, imports }] as const;
		}),
	);
}
