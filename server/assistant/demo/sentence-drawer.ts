import { readCondition, readExpression } from "./conditions";
import { cutAtVerb } from "./phrases";
import type { Exit, PlanSketch } from "./plan-sketch";
import { readSeconds, readTimes } from "./read-seconds";
import { drawStep } from "./step-rules";

/** A way that a condition has opened. */
interface Branch {
	/** The other way: where “otherwise” goes on. */
	rest: Exit[];
	/** Where the flow goes on after it: both ways, the other one, or the branch itself. */
	after: "both" | "rest" | "branch";
	value: string | undefined;
}

interface Container {
	id: string;
	/** What of it later steps read. */
	gives: string | undefined;
	/** The words of its end, which are about steps inside. */
	until: string | undefined;
	count: number;
}

/** Draws sentence by sentence. A condition and a container reach to the end of their sentence. */
export class SentenceDrawer {
	/** Clauses that no rule knows. */
	readonly unknown: string[] = [];
	readonly #sketch: PlanSketch;
	#branch: Branch | undefined;
	#container: Container | undefined;
	/** Of the branch of the sentence before: where it ended. */
	#before: (Branch & { ends: Exit[] }) | undefined;

	constructor(sketch: PlanSketch) {
		this.#sketch = sketch;
	}

	draw(clauses: readonly string[]): void {
		const isParallel = clauses.length > 1 && clauses.some((clause) => IS_PARALLEL.test(clause));
		const { exits } = this.#sketch;
		const ends: Exit[] = [];
		for (const clause of clauses) {
			if (isParallel && this.#container === undefined) this.#sketch.exits = exits;
			this.#drawClause(clause.replace(IS_PARALLEL, "").trim());
			ends.push(...this.#sketch.exits);
		}
		if (isParallel && this.#container === undefined) this.#sketch.exits = ends;
		this.#closeContainer();
		this.#closeBranch();
	}

	end(): void {
		this.#join();
	}

	#drawClause(clause: string): void {
		const opened = OPENINGS.find(({ words }) => words.test(clause));
		const rest = opened ? clause.replace(opened.words, "") : clause;
		switch (opened?.kind) {
			case "otherwise":
				this.#openOther(rest);
				break;
			case "condition":
				this.#openBranch(rest);
				break;
			case "failure":
				this.#openBranch(`it fails, ${rest}`);
				break;
			case "each":
				this.#openEach(rest);
				break;
			case "loop":
				this.#openLoop(clause);
				break;
			case "until":
				if (this.#container) this.#container.until = rest;
				break;
			default:
				this.#drawAction(clause);
		}
	}

	#drawAction(clause: string): void {
		if (clause === "") return;
		if (/\bretr(?:y|ies|ied)\b|^try\b.{0,30}\bagain\b|^try (?:it )?(?:up to )?\d/i.test(clause) && this.#retry(clause))
			return;
		if (this.#before && !this.#branch) this.#join();
		if (!drawStep(clause, this.#sketch)) this.unknown.push(clause);
	}

	#retry(clause: string): boolean {
		const { last } = this.#sketch;
		if (last === undefined) return false;
		const times = Math.min(19, readTimes(clause) ?? 3);
		const seconds = readSeconds(clause.replace(/\btimes\b/i, ""));
		const maxAttempts = /\battempts\b/i.test(clause) ? times : times + 1;
		this.#sketch.change(last.id, { retry: { maxAttempts, ...(seconds !== undefined && { delaySeconds: seconds }) } });
		return true;
	}

	#openBranch(text: string): void {
		if (this.#before && !this.#branch) this.#join();
		const sketch = this.#sketch;
		const condition = readCondition(text, sketch);
		const { last, value } = sketch;
		switch (condition.kind) {
			case "failure":
				this.#openFailure(sketch.meant(condition.subject), value);
				break;
			case "declined":
				this.#openDeclined(value);
				break;
			case "approved": {
				const approval = sketch.lastOf("approval");
				const rest = approval === undefined ? [] : [{ from: approval, port: "declined" }];
				this.#branch = { rest, after: "branch", value };
				break;
			}
			case "success":
				this.#branch = { rest: last ? [{ from: last.id, port: "error" }] : [], after: "branch", value };
				break;
			case "expression": {
				const id = sketch.add({
					type: "condition",
					name: condition.name,
					config: { when: condition.when },
					port: "true",
				});
				this.#branch = { rest: [{ from: id, port: "false" }], after: "both", value };
			}
		}
		this.#drawAction(condition.action);
	}

	/** What is done when a step has failed; the flow goes on where none has. */
	#openFailure(failed: { id: string } | undefined, value: string | undefined): void {
		const sketch = this.#sketch;
		if (failed === undefined) return;
		sketch.change(failed.id, { onFailure: "branch" });
		this.#branch = { rest: sketch.exits, after: "rest", value };
		sketch.exits = [{ from: failed.id, port: "error" }];
		sketch.value = undefined;
	}

	#openDeclined(value: string | undefined): void {
		const sketch = this.#sketch;
		const approval = sketch.lastOf("approval");
		if (approval === undefined) return;
		this.#branch = { rest: sketch.exits, after: "rest", value };
		sketch.exits = [{ from: approval, port: "declined" }];
	}

	#openOther(action: string): void {
		this.#closeContainer();
		this.#closeBranch();
		const before = this.#before;
		if (before) {
			const isOfFailure = before.rest.some(({ port }) => port === "error");
			if (isOfFailure && this.#sketch.last) this.#sketch.change(before.rest[0]?.from ?? "", { onFailure: "branch" });
			const { ends, after } = before;
			this.#before = undefined;
			this.#sketch.exits = before.rest;
			this.#branch = { rest: ends, after: after === "both" ? "both" : "rest", value: before.value };
			this.#sketch.value = isOfFailure ? undefined : before.value;
			if (after === "rest") this.#branch = undefined;
		}
		this.#drawAction(action);
	}

	#closeBranch(): void {
		const branch = this.#branch;
		if (!branch) return;
		this.#branch = undefined;
		this.#before = { ...branch, ends: this.#sketch.exits };
	}

	/** Goes on after the branch of the sentence before. */
	#join(): void {
		const before = this.#before;
		if (!before) return;
		this.#before = undefined;
		const { ends, rest, after, value } = before;
		this.#sketch.exits = after === "both" ? [...ends, ...rest] : after === "rest" ? rest : ends;
		if (after !== "branch") this.#sketch.value = value;
	}

	#openEach(clause: string): void {
		this.#closeContainer();
		if (this.#before && !this.#branch) this.#join();
		const sketch = this.#sketch;
		const { head, action } = cutAtVerb(clause);
		const [, noun = "item"] = /^([a-z]{1,30})/i.exec(head) ?? [];
		const items = this.#itemsOf(head, noun.toLowerCase());
		const parallel = Number(/\b(\d{1,2}) (?:at a time|at once|in parallel)\b/i.exec(clause)?.[1] ?? "1");
		const isListed = Array.isArray(items) && !/^[a-z]{1,30}\s(?:in|of|from)\s/i.test(head);
		const config = { items, ...(parallel > 1 && { parallel: Math.min(50, parallel) }) };
		const id = sketch.add({ type: "for-each", name: `For each ${isListed ? "of them" : noun}`, config });
		this.#enter({ id, gives: "results", until: undefined, count: sketch.added.length }, "item");
		this.#drawAction(action.replace(/\b\d{1,2} (?:at a time|at once|in parallel)\b/i, ""));
	}

	#itemsOf(head: string, noun: string) {
		const sketch = this.#sketch;
		const urls = sketch.held.all("url", head);
		if (urls.length > 1) return urls;
		const list = head.replace(/^[a-z]{1,30}\s(?:in|of|from)\s|\b\d{1,2} (?:at a time|at once|in parallel)\b/gi, "");
		const words = list
			.split(/,\s(?:and\s)?|\sand\s/)
			.map((word) => sketch.held.plain(word).trim())
			.filter(Boolean);
		if (words.length > 1) return words;
		if (sketch.value !== undefined) return `{{ ${sketch.value} }}`;
		return sketch.input({ name: noun.endsWith("s") ? noun : `${noun}s`, type: "json", default: [] });
	}

	#openLoop(clause: string): void {
		const sketch = this.#sketch;
		const [, until] = /\buntil\s(.{1,200})$/i.exec(clause) ?? [];
		const maxIterations = readTimes(clause) ?? 10;
		const id = sketch.add({
			type: "loop",
			name: "Repeat",
			config: { maxIterations: Math.min(10_000, Math.max(1, maxIterations)) },
		});
		this.#enter({ id, gives: undefined, until, count: sketch.added.length }, sketch.value);
	}

	#enter(container: Container, value: string | undefined): void {
		this.#container = container;
		this.#sketch.parent = container.id;
		this.#sketch.exits = [];
		this.#sketch.value = value;
	}

	#closeContainer(): void {
		const container = this.#container;
		if (!container) return;
		const sketch = this.#sketch;
		if (sketch.added.length === container.count)
			sketch.add({ type: "comment", name: "Say which one", config: { text: "{{ iteration.index }}" } });
		const stop = container.until === undefined ? undefined : readExpression(container.until, sketch);
		if (stop) sketch.change(container.id, { config: { stopWhen: stop.when } });
		this.#container = undefined;
		sketch.parent = undefined;
		sketch.exits = [{ from: container.id, port: "out" }];
		sketch.value = container.gives === undefined ? undefined : `steps.${container.id}.output.${container.gives}`;
	}
}

const OPENINGS = [
	{ kind: "otherwise", words: /^(?:otherwise|else|if not)\b,?\s?/i },
	{ kind: "condition", words: /^(?:if|unless|when|in case|should)\s/i },
	{ kind: "failure", words: /^on (?:failure|error),?\s?/i },
	{ kind: "each", words: /^for (?:each|every)\s(?:of\s)?(?:the\s|these\s)?/i },
	{ kind: "loop", words: /^repeat\b/i },
	{ kind: "until", words: /^until\s/i },
] as const;
const IS_PARALLEL = /\b(?:in parallel|at the same time|simultaneously|side by side)\b:?/i;
