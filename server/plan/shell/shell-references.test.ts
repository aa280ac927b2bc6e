// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scripts are bash
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findUnsafeShellReferences, replaceShellReferences, ShellReferenceError } from "./shell-references";

const directory = mkdtempSync(path.join(tmpdir(), "weft-shell-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const HOSTILE = [
	'"; touch pwned #',
	"'; touch pwned #",
	"$(touch pwned)",
	"`touch pwned`",
	"\ntouch pwned\n",
	"a\nEOF\ntouch pwned\ncat <<EOF\n",
	"'\"'\"$(touch pwned)\"'\"'",
	"\\'; touch pwned; \\'",
	"${x:=$(touch pwned)}",
	"a[$(touch pwned)]",
	"| touch pwned &",
	"* ? [a-z]* ~ {a,b}",
	"-n",
	"--",
	"  two  words\t",
	"ends with newlines\n\n",
	"back\\slash\\",
	"!!",
	"été 日本語 🧵 \u{E000}",
	"{{ other }} \\{{",
	"",
];

function runBash(source: string, value: string) {
	const { command, env } = replaceShellReferences(source, () => value);
	const child = spawnSync("bash", ["-c", command], {
		cwd: directory,
		env: { PATH: process.env.PATH, LANG: "C.UTF-8", NODE_ENV: "test", ...env },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
	return { stdout: child.stdout, stderr: child.stderr };
}

/** Each script prints the value between brackets, wherever it stands; `V` marks it in the expectation. */
const SCRIPTS: [name: string, source: string, expected: string][] = [
	["a bare word", "printf '[%s]' {{ v }}", "[V]"],
	["a part of a word", "printf '[%s]' a{{ v }}b", "[aVb]"],
	["double quotes", `printf '[%s]' "a {{ v }} b"`, "[a V b]"],
	["single quotes", "printf '[%s]' 'a {{ v }} b'", "[a V b]"],
	["a quoted dollar string", "printf '[%s]' $'a\\'b {{ v }} c\\n'", "[a'b V c\n]"],
	["a command substitution", 'printf "[%s]" "$(printf "<%s>" {{ v }})"', "[<V>]"],
	["nested substitutions", `printf "[%s]" "$(printf "<%s>" "$(printf '(%s)' '{{ v }}')")"`, "[<(V)>]"],
	["a substitution with a case", `printf "[%s]" "$(case x in x) printf '<%s>' {{ v }};; esac)"`, "[<V>]"],
	["a subshell with a case", `printf "[%s]" "$( (case x in (x) printf '<%s>' "{{ v }}";; esac) )"`, "[<V>]"],
	["backticks", 'printf "[%s]" "`printf "<%s>" {{ v }}`"', "[<V>]"],
	["a here-document", "cat <<EOF\n[\"{{ v }}\"]\nEOF\nprintf '(%s)' {{ v }}", '["V"]\n(V)'],
	["an indented here-document", "cat <<-EOF\n\t['{{ v }}']\n\tEOF\nprintf '(%s)' '{{ v }}'", "['V']\n(V)"],
	["two here-documents on one line", "cat <<A - 3<<B\n[{{ v }}]\nA\n{{ v }}\nB\nprintf '(%s)' \"{{ v }}\"", "[V]\n(V)"],
	["a here-document in a substitution", `x=$(cat <<EOF\n)"[{{ v }}]\nEOF\n); printf %s "$x"`, ')"[V]'],
	["a here-string", 'IFS= read -r -d "" x <<< {{ v }}; printf "[%s]" "${x%?}"', "[V]"],
	["an assignment", `x={{ v }}; printf '[%s]' "$x"`, "[V]"],
	["an exported assignment", `export x={{ v }}; printf '[%s]' "$x"`, "[V]"],
	["a list", `a=(1 {{ v }} '{{ v }}'); printf '[%s]' "\${a[@]}"`, "[1][V][V]"],
	["a loop over one value", `for x in {{ v }}; do printf '[%s]' "$x"; done`, "[V]"],
	["a case word", `case {{ v }} in "nothing of the kind") ;; *) printf '[%s]' "{{ v }}" ;; esac`, "[V]"],
	["a test", `if [[ {{ v }} == '{{ v }}' && ! "{{ v }}" != {{ v }} ]]; then printf same; fi`, "same"],
	["a comparison in brackets", "if [ {{ v }} = '{{ v }}' ]; then printf same; fi", "same"],
	["after a comment with quotes", "# it's {{ v }}\nprintf '[%s]' {{ v }}", "[V]"],
	["after a # that begins no comment", "x=a#'b'; printf '[%s]' $# {{ v }}", "[0][V]"],
	["after ${…} with quotes", `x=1; printf '[%s]' "\${x:-"it's"}" \${x#'}'} {{ v }}`, "[1][1][V]"],
	["after arithmetic", "(( x = 1 << 2 )); printf '[%s]' $(( x << 1 )) {{ v }}", "[8][V]"],
	["after a function and redirections", "f() { printf '[%s]' \"$@\" 2>/dev/null; }; f >&1 {{ v }}", "[V]"],
	["bash -c with an argument", `bash -c 'printf "[%s]" "$1"' _ {{ v }}`, "[V]"],
	["an escaped dollar before it", `printf '[%s]' "\\\${{ v }}"`, "[$V]"],
	["two backslashes before it", 'printf "[%s]" \\\\{{ v }}', "[\\V]"],
];

describe("a reference in a script", () => {
	it.each(SCRIPTS)("stays one value in %s, whatever it holds", (_, source, expected) => {
		for (const value of HOSTILE) {
			const { stdout, stderr } = runBash(source, value);
			expect({ value, stdout, stderr }).toEqual({ value, stdout: expected.replaceAll("V", () => value), stderr: "" });
		}
		expect(readdirSync(directory)).toEqual([]);
	});

	it("names no file, option or second word when it is a command's name or a redirection's target", () => {
		expect(runBash("{{ v }} 2>/dev/null || printf missing", "touch pwned").stdout).toBe("missing");
		expect(runBash("printf x > {{ v }}; printf '[%s]' *; rm *", "a b").stdout).toBe("[a b]");
		expect(readdirSync(directory)).toEqual([]);
	});

	it("takes the same variable for the same path, and the same variables for the same text", () => {
		const source = "a {{ x }} {{y}} {{ x }}";
		const { command, env } = replaceShellReferences(source, (name) => `value of ${name}`);
		expect(command).toBe('a "${WEFT_REF_1}" "${WEFT_REF_2}" "${WEFT_REF_1}"');
		expect(env).toEqual({ WEFT_REF_1: "value of x", WEFT_REF_2: "value of y" });
		expect(replaceShellReferences(source, () => "other").command).toBe(command);
	});

	it("is left out when it stands in a comment", () => {
		const replaced = replaceShellReferences("echo 1 # not {{ this }}", () => "never");
		expect(replaced).toEqual({ command: "echo 1 # not {{ this }}", env: {} });
	});

	it("is literal after a backslash", () => {
		const replaced = replaceShellReferences("docker inspect -f '\\{{.Id}}' {{ name }}", () => "web");
		expect(replaced.command).toBe("docker inspect -f '{{.Id}}' \"${WEFT_REF_1}\"");
	});

	it("is refused with a NUL in its value, which the message does not repeat", () => {
		const replace = () => replaceShellReferences("echo\necho {{ v }}", () => "secret\0");
		expect(replace).toThrow(ShellReferenceError);
		expect(replace).toThrow(/^Line 2, column 6: \{\{ v \}\} cannot be used here. Its value holds a NUL character/);
	});
});

const REFUSED: [source: string, reason: RegExp][] = [
	["echo $(( {{ n }} + 1 ))", /number first/],
	['echo "$(( {{ n }} + 1 ))"', /number first/],
	["(( {{ n }} > 1 ))", /number first/],
	["for ((i = 0; i < {{ n }}; i++)); do :; done", /number first/],
	["echo $[ {{ n }} ]", /number first/],
	["let x={{ n }}", /let would run/],
	["a[{{ n }}]=1", /subscript/],
	['a["{{ n }}"]+=1', /subscript/],
	["a=([{{ n }}]=1)", /subscript/],
	["echo ${a[{{ n }}]}", /number first/],
	["echo ${x:{{ n }}:2}", /number first/],
	["echo ${x:-{{ n }}}", /Assign it to a variable first/],
	['echo "${x#{{ n }}}"', /Assign it to a variable first/],
	["[[ {{ n }} -eq 1 ]]", /Use \[ … \]/],
	["[[ 1 -lt {{ n }} && a == b ]]", /Use \[ … \]/],
	["[[ -v {{ n }} ]]", /Use \[ … \]/],
	["[ -v {{ n }} ]", /variable's name/],
	["[ {{ a }} {{ b }} ]", /operator between/],
	["eval {{ n }}", /eval would run/],
	['x=1 command eval "echo {{ n }}"', /eval would run/],
	["if true; then eval '{{ n }}'; fi", /eval would run/],
	["2>/dev/null eval {{ n }}", /eval would run/],
	["source {{ n }}", /source would run/],
	["trap 'rm {{ n }}' EXIT", /trap would run/],
	["unset {{ n }}", /variable's name/],
	["read {{ n }}", /variable's name/],
	["printf -v {{ n }} x", /variable's name/],
	["declare {{ n }}=1", /declare would evaluate/],
	["declare -a x={{ n }}", /declare would evaluate/],
	["local -i x={{ n }}", /x|local would evaluate/],
	["declare -i x\nx={{ n }}", /assigned to x/],
	["bash -c 'echo {{ n }}'", /as an argument/],
	['sudo -u me /bin/sh -ec "echo {{ n }}"', /as an argument/],
	["bash -o pipefail -c {{ n }}", /as an argument/],
	["find . -exec sh -c 'echo {{ n }}' ';'", /as an argument/],
	["python3 -c 'print({{ n }})'", /as an argument/],
	["node -e 'console.log({{ n }})'", /as an argument/],
	["ssh -p 22 host 'deploy {{ n }}'", /standard input/],
	["bash <<EOF\necho {{ n }}\nEOF", /as code/],
	["bash <<< {{ n }}", /as code/],
	["ssh host bash -s <<EOF\necho {{ n }}\nEOF", /as code/],
	["cat <<'EOF'\n{{ n }}\nEOF", /delimiter is quoted/],
	["cat <<\\EOF\n{{ n }}\nEOF", /delimiter is quoted/],
	["cat <<{{ n }}\nEOF", /end mark/],
	[`echo "\${x:-it's}" {{ n }}`, /Assign it to a variable first/],
	['echo "\\\\\\{{ n }}"', /backslash stands directly before/],
	["echo ${{ n }}", /A \$ stands directly before/],
	["echo `echo \\`echo {{ n }}\\``", /\$\( … \)/],
];

describe("a place where even a quoted value would be evaluated", () => {
	it.each(REFUSED)("is refused: %s", (source, reason) => {
		const [problem] = findUnsafeShellReferences(source);
		expect(problem?.message).toMatch(reason);
		expect(() => replaceShellReferences(source, () => "1")).toThrow(ShellReferenceError);
	});

	it("is named by its line and column", () => {
		const problems = findUnsafeShellReferences("echo {{ fine }}\n  eval {{ a }} {{ b }}");
		expect(problems).toMatchObject([
			{ path: "a", line: 2, column: 8 },
			{ path: "b", line: 2, column: 16 },
		]);
	});

	it("is searched for in hostile scripts without a stack overflow or quadratic time", () => {
		const refused = (source: string) => findUnsafeShellReferences(source).map(({ message }) => message);
		expect(refused(`${"$(".repeat(30_000)}{{ a }}`)).toEqual([expect.stringContaining("nests too deeply")]);
		expect(refused(`${'"${x'.repeat(20_000)}{{ a }}`)).toEqual([expect.stringContaining("nests too deeply")]);
		expect(refused(`echo ${"{{ a }} ".repeat(12_000)}`)).toHaveLength(11_000);
		expect(refused("sh a[ `<<A ".repeat(10_000))).toEqual([]);
		expect(refused(`printf '%s' "$x {{ a }}" 'b' # c\n`.repeat(900))).toEqual([]);
		expect(refused(`export -i a=${"b".repeat(90_000)}- c={{ a }}`)).toHaveLength(1);
		expect(refused(`${"a".repeat(45_000)}${"[".repeat(45_000)}{{ a }}`)).toEqual([]);
		expect(refused(`echo ${"-a ".repeat(30_000)}${"{{ a }} ".repeat(500)}`)[0]).toMatch(/too many words/);
		expect(refused(`bash ${"-a ".repeat(15_000)}${"<<A ".repeat(10_000)}\n{{ a }}`)[0]).toMatch(/too many words/);
	});
});
