#!/usr/bin/env node
/**
 * Adds the optional platform packages that are missing from a package-lock.json.
 *
 * A registry that does not carry every optional binary makes `npm install` leave them out of the lock, and
 * `npm ci` then fails with "Missing: X from lock file". The entries added here carry os, cpu and libc, so each
 * machine skips the ones that are not its own and fetches the one that is.
 *
 * Usage: node complete-lock.mjs [package-lock.json]
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));

const OS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "sunos", "win32", "aix"];
const CPU = ["arm64", "x64", "arm", "ia32", "ppc64", "s390x", "riscv64", "loong64", "wasm32"];

/** Looks a dependency up as Node resolves it: nested first, then each parent. */
function isLocked(from, name) {
	for (let dir = from; ; ) {
		if (lock.packages[`${dir ? `${dir}/` : ""}node_modules/${name}`]) return true;
		if (!dir) return false;
		const parent = dir.lastIndexOf("/node_modules/");
		dir = parent < 0 ? "" : dir.slice(0, parent);
	}
}

function stub(name, range, dev) {
	const words = name.split(/[/-]/);
	const os = OS.find((o) => words.includes(o));
	const cpu = CPU.find((c) => words.includes(c));
	const libc = words.includes("musl")
		? "musl"
		: os === "linux" && words.some((w) => w.startsWith("gnu"))
			? "glibc"
			: undefined;
	return {
		version: range.replace(/^[\^~]/, ""),
		...(cpu && { cpu: [cpu] }),
		...(dev && { dev }),
		...(libc && { libc: [libc] }),
		optional: true,
		...(os && { os: [os] }),
	};
}

const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
	for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
		if (isLocked(path, name)) continue;
		lock.packages[`node_modules/${name}`] = stub(name, range, entry.dev);
		added.push(name);
	}
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length ? `added ${added.length}: ${added.join(", ")}` : "nothing missing");
