#!/usr/bin/env node
/** Checks every import of the repository against `.config/import-rules.mjs`; tests may import what they like. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";
import { importRules } from "../../.config/import-rules.mjs";

const EXTENSIONS = ["", ".ts", ".tsx", ".mjs", ".js", "/index.ts"];
const isTest = (file) =>
	/\.test\.tsx?$|\.spec\.ts$|-contract\.ts$|(^|\/)(test|arbitrary)-[^/]+\.tsx?$|\.fixture\.ts$|^(e2e|bench)\//.test(
		file,
	);

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx"], {
	encoding: "utf8",
})
	.split("\n")
	.filter((file) => file !== "" && existsSync(file) && !isTest(file));
const violations = files.flatMap(checkFile);
for (const line of violations) console.error(line);
console.log(`${files.length} files, ${violations.length} forbidden imports`);
process.exitCode = violations.length > 0 ? 1 : 0;

function checkFile(file) {
	const imports = readImports(file);
	const rules = importRules.filter((rule) => rule.from(file));
	return rules.flatMap((rule) =>
		imports
			.filter((item) => !isAllowed(rule, file, item))
			.map((item) => `${file}: ${item.specifier}\n    ${rule.name}.`),
	);
}

function isAllowed(rule, file, { specifier, isType }) {
	const target = resolveInside(file, specifier);
	if (target === undefined) return isPackageAllowed(rule, specifier);
	if (rule.deny?.some((pattern) => pattern.test(target))) return false;
	if (rule.allow.some((pattern) => pattern.test(target))) return true;
	if (isType && rule.allowTypes?.some((pattern) => pattern.test(target))) return true;
	return rule.allowOwnFolder === true && target.startsWith(`${file.split("/").slice(0, 3).join("/")}/`);
}

function isPackageAllowed(rule, specifier) {
	if (!rule.packages) return true;
	if (specifier.startsWith("node:") || builtinModules.includes(specifier)) return false;
	return rule.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/** The imported file's path from the root, or undefined for a package. */
function resolveInside(file, specifier) {
	const path = specifier.startsWith("@/")
		? specifier.slice(2)
		: specifier.startsWith(".")
			? normalize(join(dirname(file), specifier))
			: undefined;
	if (path === undefined) return undefined;
	const extension = EXTENSIONS.find((end) => existsSync(path + end) && (end !== "" || /\.\w+$/.test(path)));
	return path + (extension ?? "");
}

function readImports(file) {
	const source = readFileSync(file, "utf8");
	const { module } = parseSync(file, source);
	const fromStatic = module.staticImports.map((item) => ({
		specifier: item.moduleRequest.value,
		isType: item.entries.length > 0 && item.entries.every((entry) => entry.isType),
	}));
	const fromExports = module.staticExports.flatMap(({ entries }) =>
		entries
			.filter((entry) => entry.moduleRequest)
			.map((entry) => ({ specifier: entry.moduleRequest.value, isType: entry.isType })),
	);
	// One whose name is worked out at run time cannot be told.
	const fromDynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
		const specifier = /^(["'])(.*)\1$/.exec(source.slice(start, end))?.[2];
		return specifier === undefined ? [] : [{ specifier, isType: false }];
	});
	return [...fromStatic, ...fromExports, ...fromDynamic];
}
