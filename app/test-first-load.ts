import { readFileSync } from "node:fs";
import { build, type Metafile } from "esbuild";

/**
 * The packages whose code a browser fetches before anything is clicked on a page: those that its client components import,
 * and what these import, but not what they load later. Of Radix the parts are named.
 * @param files the page and what stands around it, from the root of the repository.
 */
export async function packagesOfFirstLoad(files: string[]): Promise<string[]> {
	const { inputs } = await readImports(files);
	const packages = new Set<string>();
	for (const file of await filesOfFirstLoad(files, inputs)) {
		for (const { path, external } of importsOf(inputs, file)) {
			if (external) for (const name of namesOf(path, file)) packages.add(name);
		}
	}
	return [...packages].sort();
}

type Inputs = Metafile["inputs"];

async function readImports(entryPoints: string[]): Promise<Metafile> {
	const { metafile } = await build({
		entryPoints: entryPoints,
		...{ bundle: true, write: false, metafile: true, outdir: "unwritten", logLevel: "error" },
		...{ packages: "external", jsx: "automatic", format: "esm", platform: "node", loader: { ".css": "empty" } },
	});
	return metafile;
}

/** What is drawn on the server stays there; from the first client component on all goes to the browser. */
async function filesOfFirstLoad(files: string[], inputs: Inputs): Promise<Set<string>> {
	const onServer = new Set(files);
	const inBrowser = new Set<string>();
	for (const file of onServer) {
		if (isClient(file)) inBrowser.add(file);
		else for (const { path } of importsOf(inputs, file)) if (/^(app|components)\//.test(path)) onServer.add(path);
	}
	for (const file of inBrowser) {
		for (const { path, kind, external } of importsOf(inputs, file)) {
			if (!external && kind === "import-statement") inBrowser.add(path);
		}
	}
	return inBrowser;
}

function importsOf(inputs: Inputs, file: string) {
	return inputs[file]?.imports ?? [];
}

function isClient(file: string): boolean {
	return /^\s*"use client";/.test(readFileSync(file, "utf8"));
}

function namesOf(path: string, file: string): string[] {
	if (path !== "radix-ui") return [path];
	const names = /import \{ ([^}]+) \} from "radix-ui"/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
	return names.split(", ").map((name) => `radix-ui: ${name.replace(/ as .*/, "")}`);
}
