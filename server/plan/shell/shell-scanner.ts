import { type Placement, ShellCursor, type ShellPlace } from "./shell-cursor";
import { explainEvaluatedInput, explainEvaluation, findEvaluatingVariables, unquote } from "./shell-evaluators";
import { findBodyEnd, type HereDocument } from "./shell-here-document";
import * as refusals from "./shell-refusals";
import type { ShellTemplate } from "./shell-template";

interface Command {
	/** The words read so far, without quotes; the targets of redirections are left out. */
	words: string[];
	wordStart: number;
	/** In `[[ … ]]`: where it began, in the text and among the references. */
	test?: { start: number; first: number };
}

const MAX_DEPTH = 100;
type Quoting = "bare" | "double" | "here-document";

/**
 * Reads a bash script just far enough to know the quoting of each reference: quotes, `$( … )`, here-documents,
 * comments, arithmetic and the words of each simple command. It never fails; what is left open ends with the text.
 */
export function placeReferences(template: ShellTemplate): Placement[] {
	const scanner = new ShellScanner(template);
	scanner.readCommands("");
	return scanner.placements;
}

class ShellScanner extends ShellCursor {
	private command: Command = newCommand();
	private documents: HereDocument[] = [];
	private depth = 0;
	private readonly evaluating = findEvaluatingVariables(this.text);

	/** Reads commands up to the `)` that ends a substitution, or to the end of the range. */
	readCommands(stop: ")" | ""): void {
		const outer = this.command;
		const nesting: ("(" | "case")[] = [];
		this.command = newCommand();
		while (this.at < this.end) {
			const char = this.text[this.at] ?? "";
			if (char === ")" && stop === ")" && nesting.length === 0) {
				this.at++;
				break;
			}
			if (char === "(" || char === ")") this.readParenthesis(char, nesting);
			else if (/[ \t\n;&|]/.test(char)) this.readSeparator(char);
			else if (char === "#") this.readComment();
			else if (char === "<" || char === ">") this.readRedirection();
			else this.readWord(nesting);
		}
		this.command = outer;
	}

	private readParenthesis(char: "(" | ")", nesting: ("(" | "case")[]): void {
		if (char === "(" && this.text[this.at + 1] === "(" && this.command.test === undefined) {
			this.at += 2;
			this.forbid(refusals.ARITHMETIC, () => this.skipBalanced("(", ")", 2));
			return;
		}
		this.at++;
		if (char === "(") nesting.push("(");
		else if (nesting.at(-1) === "(") nesting.pop();
		this.endCommand();
	}

	private readSeparator(char: string): void {
		const redirects = char === "&" && this.text[this.at + 1] === ">";
		this.at++;
		if (redirects || char === " " || char === "\t") return;
		this.endCommand();
		if (char === "\n") this.readHereDocuments();
	}

	private endCommand(): void {
		this.command = { ...newCommand(), test: this.command.test };
	}

	private readComment(): void {
		while (this.at < this.end && this.text[this.at] !== "\n") {
			if (this.isReference()) this.leaveOut();
			else this.at++;
		}
	}

	private readRedirection(): void {
		const operator = /^(?:<<<|<<-?|[<>]\(|[<>]+[&|]?)/.exec(this.text.slice(this.at, this.at + 3))?.[0] ?? "<";
		this.at += operator.length;
		if (operator.endsWith("(")) {
			this.descend(() => this.readCommands(")"));
			return;
		}
		while (this.at < this.end && /[ \t]/.test(this.text[this.at] ?? "")) this.at++;
		if (operator === "<<" || operator === "<<-") this.readDelimiter(operator === "<<-");
		else if (!/[<>]/.test(this.text[this.at] ?? "")) this.readTarget(operator);
	}

	private readTarget(operator: string): void {
		const reader = this.command;
		this.command = { ...newCommand(), test: reader.test };
		const problem = operator === "<<<" ? explainEvaluatedInput(reader.words) : undefined;
		this.forbid(problem, () => this.readWordParts(this.at));
		this.command = reader;
	}

	private readWord(nesting: ("(" | "case")[]): void {
		const start = this.at;
		this.readWordParts(start);
		if (this.at === start) this.at++;
		const word = this.text.slice(start, this.at);
		if (/^\d+$/.test(word) && /[<>]/.test(this.text[this.at] ?? "")) return;
		const { words, test } = this.command;
		if (words.length === 0 && word === "case") nesting.push("case");
		if (word === "esac" && words.length === 0 && nesting.at(-1) === "case") nesting.pop();
		if (words.length === 0 && word === "[[") this.command.test = { start, first: this.placements.length };
		else if (test !== undefined && word === "]]") this.endTest(test);
		words.push(unquote(word));
		if (words[0] === "case" && word === "in") this.endCommand();
		else if (/^(?:then|do|else|elif|if|while|until|!|\{)$/.test(word) && words.length === 1) this.endCommand();
	}

	private endTest(test: { start: number; first: number }): void {
		this.command.test = undefined;
		if (!/\s-(?:eq|ne|lt|le|gt|ge|v|R)\s/.test(this.text.slice(test.start, this.at))) return;
		for (const placement of this.placements.slice(test.first)) placement.problem ??= refusals.COMPARISON;
	}

	private readWordParts(start: number): void {
		this.command.wordStart = start;
		while (this.at < this.end && !/[ \t\n;&|<>()]/.test(this.text[this.at] ?? "")) {
			this.readPart();
			if (this.text[this.at] === "(" && /^[A-Za-z_]\w*\+?=$/.test(this.text.slice(start, this.at))) this.readArray();
		}
	}

	private readPart(): void {
		const char = this.text[this.at];
		if (char === "[" && this.opensSubscript()) {
			this.at++;
			this.forbid(refusals.SUBSCRIPT, () => this.skipBalanced("[", "]", 1));
		} else if (char === "'") this.readQuoted("single");
		else if (char === '"') this.readDouble();
		else this.readActive("bare");
	}

	/** A character, a backslash, a `$` or a backtick, where these are active. */
	private readActive(quoting: Quoting): void {
		const char = this.text[this.at];
		if (this.isReference()) this.place(quoting);
		else if (char === "\\") this.readBackslash(quoting);
		else if (char === "$") this.readDollar(quoting);
		else if (char === "`") this.readBackticks();
		else this.at++;
	}

	private readBackslash(quoting: Quoting): void {
		this.at++;
		if (this.isReference()) this.place(quoting, refusals.BACKSLASH);
		else this.at++;
	}

	private readDouble(): void {
		this.at++;
		while (this.at < this.end && this.text[this.at] !== '"') this.readActive("double");
		this.at++;
	}

	private readQuoted(place: "single" | "ansi"): void {
		this.at++;
		while (this.at < this.end && this.text[this.at] !== "'") {
			const escaped = place === "ansi" && this.text[this.at] === "\\";
			if (escaped) this.at++;
			if (this.isReference()) this.place(place, escaped ? refusals.BACKSLASH : undefined);
			else this.at++;
		}
		this.at++;
	}

	private readDollar(quoting: Quoting): void {
		const rest = this.text.slice(this.at + 1, this.at + 3);
		this.at++;
		if (this.isReference()) this.place(quoting, refusals.DOLLAR);
		else if (rest.startsWith("(") || rest.startsWith("[")) this.descend(() => this.readSubstitution(rest));
		else if (rest.startsWith("{")) this.descend(() => this.readParameter(quoting));
		else if (rest.startsWith("'") && quoting === "bare") this.readQuoted("ansi");
		else if (/^[$#?!@*-]/.test(rest)) this.at++;
	}

	private readSubstitution(opening: string): void {
		const isArithmetic = opening !== "((" && opening.startsWith("(");
		this.at += opening === "((" ? 2 : 1;
		if (isArithmetic) this.readCommands(")");
		else if (opening === "((") this.forbid(refusals.ARITHMETIC, () => this.skipBalanced("(", ")", 2));
		else this.forbid(refusals.ARITHMETIC, () => this.skipBalanced("[", "]", 1));
	}

	/** `${ … }`. Versions of bash disagree about a `'` in one that is itself in double quotes. */
	private readParameter(quoting: Quoting): void {
		const inside = this.text.slice(this.at + 1, Math.min(this.at + 200, this.end));
		this.at++;
		this.forbid(/^[!#]?\w*(?:\[|:[^-=+?])/.test(inside) ? refusals.ARITHMETIC : refusals.EXPANSION, () => {
			while (this.at < this.end && this.text[this.at] !== "}") {
				if (quoting !== "bare" && this.text[this.at] === "'") this.unclear ??= refusals.QUOTE_IN_EXPANSION;
				if (this.text[this.at] === '"') this.readDouble();
				else if (this.text[this.at] === "'" && quoting === "bare") this.readQuoted("single");
				else this.readActive(quoting);
			}
			this.at++;
		});
	}

	/** Reads what nests; past a sane depth the rest is only searched for references, which are refused. */
	private descend(read: () => void): void {
		this.depth++;
		if (this.depth > MAX_DEPTH) this.unclear ??= refusals.TOO_DEEP;
		if (this.unclear === refusals.TOO_DEEP) this.readPlain("bare", true);
		else read();
		this.depth--;
	}

	private readBackticks(): void {
		const start = this.at + 1;
		let close = start;
		while (close < this.end && this.text[close] !== "`") close += this.text[close] === "\\" ? 2 : 1;
		const isEscaped = this.text.slice(start, close).includes("\\");
		this.at = start;
		if (isEscaped) this.forbid(refusals.BACKTICKS, () => this.readRange(close, () => this.readPlain("bare")));
		else this.readRange(close, () => this.readCommands(""));
		this.at = close + 1;
	}

	private readArray(): void {
		this.at++;
		while (this.at < this.end && this.text[this.at] !== ")") {
			if (this.text[this.at] === "#" && /\s/.test(this.text[this.at - 1] ?? "")) this.readComment();
			else if (this.text[this.at] === "[" && /[\s(]/.test(this.text[this.at - 1] ?? "")) {
				this.at++;
				this.forbid(refusals.SUBSCRIPT, () => this.skipBalanced("[", "]", 1));
			} else this.readPart();
		}
		this.at++;
	}

	/** `name[…]=` is an assignment to one element of an array; other brackets are patterns. */
	private opensSubscript(): boolean {
		if (this.text.indexOf("[", this.command.wordStart) < this.at) return false;
		const name = this.text.slice(this.command.wordStart, this.at);
		return (
			/^[A-Za-z_]\w*$/.test(name) &&
			/^\[[^\n]*\]\+?=/.test(this.text.slice(this.at, Math.min(this.at + 1_000, this.end)))
		);
	}

	private skipBalanced(open: string, close: string, depth: number): void {
		for (let level = depth; level > 0 && this.at < this.end; ) {
			const char = this.text[this.at];
			if (char === "'") this.readQuoted("single");
			else if (char === '"') this.readDouble();
			else {
				if (char === open) level++;
				if (char === close) level--;
				this.readActive("bare");
			}
		}
	}

	private readDelimiter(stripTabs: boolean): void {
		const start = this.at;
		this.forbid(refusals.DELIMITER, () => this.readWordParts(start));
		const word = this.text.slice(start, this.at);
		const delimiter = word.replace(/["'\\]/g, "");
		this.documents.push({ delimiter, quoted: delimiter !== word, stripTabs, words: this.command.words });
	}

	private readHereDocuments(): void {
		for (const document of this.documents.splice(0)) {
			const { bodyEnd, next } = findBodyEnd(this.text.slice(0, this.end), this.at, document);
			const problem = document.quoted ? refusals.QUOTED_DOCUMENT : explainEvaluatedInput(document.words);
			this.forbid(problem, () => this.readRange(bodyEnd, () => this.readPlain("here-document", document.quoted)));
			this.at = next;
		}
	}

	private readPlain(quoting: Quoting, isLiteral = false): void {
		while (this.at < this.end) {
			if (!isLiteral || this.isReference()) this.readActive(quoting);
			else this.at++;
		}
	}

	protected override explainPlace(place: ShellPlace): string | undefined {
		if (place === "here-document") return undefined;
		const { words, wordStart } = this.command;
		const prefix = this.text.slice(wordStart, Math.min(this.at, wordStart + 200));
		return explainEvaluation(words, prefix, this.evaluating);
	}
}

function newCommand(): Command {
	return { words: [], wordStart: 0 };
}
