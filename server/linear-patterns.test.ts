import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { analyse } from "scslre";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["server", "inngest", "components", "app", "db"];

/** Super-linear by their form, and never on a text of any length that somebody else has written. */
const BOUNDED: Readonly<Record<string, string>> = {
	"components/editor/inspector/references/find-completion.ts: [A-Za-z_][\\w.]*$": "5,000 characters",
	"inngest/embedded/duration.ts: ([\\d.]+)(ms|s|m|h|d|w)": "our own functions' configuration",
	"inngest/embedded/schedules.ts: ^(?:CRON_)?TZ=(\\S+)\\s+(.*)$": "our own functions' configuration",
	"server/failures/destination-kinds.ts: ,? *\\{\\{.*$": "our own placeholders",
	"server/llm/demo-digest.ts: :\\s*(\\S.*)$": "lines of 2,000 characters",
	"server/llm/demo-digest.ts: [:\\s]+$": "2,000 characters",
	"server/llm/demo.ts: \\s*\\S+|\\s+$": "the second is tried only where nothing but white space follows: it fits",
	"server/nodes/read-output-values.ts: ^\\s*([^=<]*?)\\s*(?:=|<<)": "200 characters",
	"server/plan/yaml/clipboard.ts: ^[ \\t]*(`{3,}|~{3,})(.*)$": "what follows always fits",
	"server/plan/edits/new-id.ts: ^[_\\d]+|_+$": "no two _ stand together",
	"server/plan/edits/new-id.ts: _+$": "64 characters",
	"server/plan/shell/shell-evaluators.ts: =.*$": "what follows always fits",
	"server/plan/expressions/template-grammar.ts: \\[[^\\]]*\\]|[^.[\\]]+": "the grammar has closed every bracket",
	"server/plan/expressions/template-mistake.ts: \\?\\?.*[\"'][^\"']*[{}]": "1,000 characters",
	"server/plan/slugify.ts: ^-+|-+$": "48 characters",
};

/** Patterns that are put together: of fixed parts, or of names that are checked. */
const BUILT = [
	"components/editor/actions/test-actions.tsx",
	"inngest/embedded/event-index.ts",
	"server/assistant/demo/conditions.ts",
	"server/assistant/demo/find-triggers.ts",
	"server/assistant/demo/people-rules.ts",
	"server/assistant/demo/phrases.ts",
	"server/env.ts",
	"server/nodes/git/remote-address.ts",
	"server/nodes/read-output-values.ts",
	"server/nodes/transform/execute.ts",
	"server/plan/expressions/template.ts",
	"server/plan/yaml/clipboard.ts",
	"server/sharing/hide-names.ts",
];

const patterns = FOLDERS.flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
)
	.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
	.flatMap(patternsOf);

test("every regular expression takes time in proportion to its text, or meets short ones alone", () => {
	const found = patterns.filter(({ source, flags }) => source !== undefined && isSuperLinear(source, flags));
	expect([...new Set(found.map(({ file, source }) => `${file}: ${source}`))].sort()).toEqual(
		Object.keys(BOUNDED).sort(),
	);
});

test("regular expressions are put together in few places", () => {
	const built = patterns.filter(({ source }) => source === undefined);
	expect([...new Set(built.map(({ file }) => file))].sort()).toEqual(BUILT);
});

interface Pattern {
	file: string;
	/** Undefined for one that is put together. */
	source: string | undefined;
	flags: string;
}

function patternsOf(file: string): Pattern[] {
	const found: Pattern[] = [];
	const { program } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
	new Visitor({
		Literal(node) {
			if ("regex" in node) found.push({ file, source: node.regex.pattern, flags: node.regex.flags });
		},
		NewExpression({ callee }) {
			if (callee.type === "Identifier" && callee.name === "RegExp") found.push({ file, source: undefined, flags: "" });
		},
	}).visit(program);
	return found;
}

function isSuperLinear(source: string, flags: string): boolean {
	return analyse({ source, flags }, { reportTypes: { Move: true } }).reports.length > 0;
}
