/**
 * Stand-ins for the programs of coding agents: they speak the documented streams. What one does is the file `script.mjs`
 * beside the program, a module whose default export is called with what a stand-in can do.
 */
export const STAND_IN = `#!/usr/bin/env node
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, basename } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const name = basename(process.argv[1]);
const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
if (args[0] === "--version") { console.log("9.9.9 (" + name + ")"); process.exit(0); }
const { default: play } = await import(join(here, "script.mjs"));
const write = (text) => new Promise((resolve) => process.stdout.write(text, resolve));
await play({
	name, args, write,
	option: (flag) => args[args.indexOf(flag) + 1],
	has: (flag) => args.includes(flag),
	tell: (event) => write(JSON.stringify(event) + "\\n"),
	input: () => readFileSync(0, "utf8"),
	lines: () => createInterface({ input: process.stdin }),
	read: (path) => readFileSync(path, "utf8"),
	save: (path, text) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, text); },
	note: (text) => appendFileSync(join(here, "started"), text + "\\n"),
	home: process.env.HOME,
	env: process.env,
	wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
	exit: async (code) => process.exit(code),
});
`;
