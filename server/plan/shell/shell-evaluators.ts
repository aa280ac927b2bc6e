import { TOO_MANY_WORDS } from "./shell-refusals";
import { REFERENCE_MARK } from "./shell-template";

/** In one simple command: all of them are looked at for each reference and each here-document. */
const MAX_WORDS = 2_000;

/**
 * Where bash, or a program that it starts, reads a word as code once more: there a quoted value is a command again.
 * `words` are the words before the reference in the same simple command, without quotes; `prefix` is what stands
 * before the reference in its own word; `evaluating` are the variables of `findEvaluatingVariables`. Returns what to do instead, or undefined when the place is safe.
 */
export function explainEvaluation(
	words: readonly string[],
	prefix: string,
	evaluating: ReadonlySet<string>,
): string | undefined {
	if (words.length > MAX_WORDS) return TOO_MANY_WORDS;
	const assigned = /^([A-Za-z_]\w*)\+?=/.exec(prefix)?.[1] ?? (words[0] === "for" ? words[1] : undefined);
	if (assigned !== undefined && evaluating.has(assigned))
		return `bash evaluates what is assigned to ${assigned}. Use another variable, declared without -i and -n.`;
	const start = words.findIndex((word) => !LEADING_WORD.test(word));
	const name = words[start] ?? "";
	const args = start < 0 ? [] : words.slice(start + 1);
	return explainBuiltin(name, args, prefix) ?? explainInterpreter(words, unquote(prefix));
}

/** The same question for the body of a here-document that `words` reads from its standard input. */
export function explainEvaluatedInput(words: readonly string[]): string | undefined {
	if (words.length > MAX_WORDS) return TOO_MANY_WORDS;
	const at = words.findLastIndex((word) => findInterpreter(word) !== undefined || word === "ssh");
	const name = words[at];
	if (name === undefined) return undefined;
	const args = words.slice(at + 1);
	const readsCode = name === "ssh" ? sshOperands(args) < 2 : args.includes("-s") || args.every(isOption);
	if (!readsCode) return undefined;
	return `${name} would run this text as code. Pass the value as an argument, or keep the code in quotes and read the value from a variable.`;
}

/** Variables that evaluate what is assigned to them: integers, references to other variables, and some of bash's own. */
export function findEvaluatingVariables(script: string): Set<string> {
	const names = new Set(["PS4", "SECONDS", "RANDOM", "SRANDOM", "LINENO", "OPTIND", "HISTCMD"]);
	for (const [, options = "", list = ""] of script.matchAll(DECLARATION)) {
		if (!/-\w*[in]/.test(options)) continue;
		for (const word of list.trim().split(/\s+/)) names.add(word.replace(/=.*$/s, ""));
	}
	return names;
}

const DECLARATION =
	/\b(?:declare|typeset|local|readonly|export)((?:[ \t]+-\w+)+)((?:[ \t]+[A-Za-z_]\w*(?:=[^\s;]*)?)+)/g;
const LEADING_WORD =
	/^(?:[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=.*|if|then|elif|else|while|until|do|time|!|\{|command|builtin|exec|-[A-Za-z]+)$/s;
const DECLARING = new Set(["declare", "typeset", "local", "readonly", "export"]);
const EVALUATING = new Set(["eval", "let", "trap", "alias", "source", "."]);
const NAMING = new Set(["unset", "read", "mapfile", "readarray", "getopts"]);

function explainBuiltin(name: string, args: readonly string[], prefix: string): string | undefined {
	if (EVALUATING.has(name)) return `${name} would run the value as a command. Use the value without ${name}.`;
	if (NAMING.has(name)) return `${name} would evaluate the value as a variable's name. Write the name itself.`;
	const previous = args.at(-1) ?? "";
	if (name === "printf" && (previous === "-v" || prefix.startsWith("-v")))
		return "printf -v would evaluate the value as a variable's name. Write the name itself.";
	if (DECLARING.has(name) && !isPlainDeclaration(args, prefix))
		return `${name} would evaluate the value. Write name={{ … }}, without -a, -A, -i or -n.`;
	if (name === "test" || name === "[") return explainTest(previous);
	return undefined;
}

function isPlainDeclaration(args: readonly string[], prefix: string): boolean {
	return /^['"]?[A-Za-z_]\w*\+?=/.test(prefix) && !args.some((arg) => /^-\w*[aAin]/.test(arg));
}

function explainTest(previous: string): string | undefined {
	if (/^-[vR]$/.test(previous))
		return `test ${previous} would evaluate the value as a variable's name. Write the name itself.`;
	if (previous.includes(REFERENCE_MARK)) return "Put an operator between the two values, as in [ {{ a }} = {{ b }} ].";
	return undefined;
}

/** Programs with options whose argument is code. */
const INTERPRETERS: readonly { program: RegExp; option: RegExp }[] = [
	{ program: /^(?:ba|da|z|k|a|mk)?sh$/, option: /^-[a-z]*c/ },
	{ program: /^su$/, option: /^(?:-c|--command=?)/ },
	{ program: /^python[\d.]*$/, option: /^-[A-Za-z]*c/ },
	{ program: /^(?:node|bun)$/, option: /^(?:-[ep]+|--eval=?|--print=?)/ },
	{ program: /^(?:perl|ruby)$/, option: /^-[A-Za-z]*[eE]/ },
	{ program: /^php$/, option: /^-r/ },
];

function findInterpreter(word: string): RegExp | undefined {
	const program = word.slice(word.lastIndexOf("/") + 1);
	return INTERPRETERS.find((each) => each.program.test(program))?.option;
}

function explainInterpreter(words: readonly string[], prefix: string): string | undefined {
	const ssh = words.indexOf("ssh");
	if (ssh >= 0 && sshOperands(words.slice(ssh + 1)) > 0)
		return "ssh hands its arguments to a shell on the other machine. Send the value on standard input instead.";
	const at = words.findLastIndex((word) => findInterpreter(word) !== undefined);
	const name = words[at] ?? "";
	const option = findInterpreter(name);
	if (option === undefined || !isCodeArgument(words.slice(at + 1), prefix, option)) return undefined;
	return `${name} would run the value as code. Pass it as an argument instead, as in bash -c 'echo "$1"' _ {{ … }}`;
}

function isCodeArgument(args: readonly string[], prefix: string, option: RegExp): boolean {
	if (option.test(prefix)) return true;
	const at = args.findLastIndex((arg) => option.test(arg));
	return at >= 0 && args.slice(at + 1).every(isOption);
}

function isOption(word: string): boolean {
	return /^[-+]/.test(word);
}

/** How many of ssh's arguments are no options: the first is the host, the others are the remote command. */
function sshOperands(args: readonly string[]): number {
	let operands = 0;
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? "";
		if (!isOption(arg)) operands++;
		else if (operands === 0 && /^-[A-Za-z]*[BbcDEeFIiJLlmOopPQRSWw]$/.test(arg)) index++;
	}
	return operands;
}

/** A word as the program sees it, near enough to know its name and its options. */
export function unquote(word: string): string {
	return word.replace(/["'\\]/g, "");
}
