import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["app", "components", "server", "inngest", "db", "public"];
const FILES = [
	"next.config.js",
	"package.json",
	"package-lock.json",
	"tsconfig.json",
	"proxy.ts",
	"instrumentation.ts",
	"instrumentation.node.ts",
];

/** A hash over the content of everything that a build is made of: the same sources, the same build, wherever copied. */
export function fingerprintSources(root: string): string {
	const hash = createHash("sha256");
	for (const path of listSources(root))
		hash
			.update(path)
			.update("\0")
			.update(readFileSync(join(root, path)));
	return hash.digest("hex");
}

function listSources(root: string): string[] {
	const found = FILES.filter((name) => existsSync(join(root, name)));
	for (const folder of FOLDERS.filter((name) => existsSync(join(root, name)))) {
		for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
			if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
				found.push(join(entry.parentPath, entry.name).slice(root.length + 1));
		}
	}
	return found.sort();
}
