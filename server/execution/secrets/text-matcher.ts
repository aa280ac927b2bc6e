/** From, up to but not including. */
export type Span = readonly [start: number, end: number];

export interface TextMatcher {
	/**
	 * Where any of the patterns stands; those that touch are one. `pending`: how many characters at the end of the text
	 * may be the beginning of a pattern. `piece`: how many of them are at least half of one.
	 */
	match(text: string): Match;
}

interface Match {
	spans: Span[];
	pending: number;
	piece: number;
}

/** Finds all patterns in one pass over a text, whatever they have in common (Aho and Corasick, 1975). */
export function createTextMatcher(patterns: Iterable<string>): TextMatcher {
	const trie = new Trie();
	for (const pattern of patterns) trie.add(pattern);
	trie.link();
	return { match: (text) => matchWith(trie, text) };
}

const ROOT = 0;

/** Nodes are numbers; each stands for the beginning of some patterns. */
class Trie {
	private readonly children: (Map<number, number> | undefined)[] = [undefined];
	readonly depth: number[] = [0];
	/** The longest other beginning that a node's text ends with. */
	readonly suffix: number[] = [ROOT];
	/** The length of the longest pattern that ends at a node. */
	readonly longest: number[] = [0];
	/** The length of the shortest pattern that begins with a node's text. */
	private readonly shortest: number[] = [0];

	add(pattern: string): void {
		let node = ROOT;
		for (let at = 0; at < pattern.length; at++) {
			node = this.childOf(node, pattern.charCodeAt(at));
			this.shortest[node] = Math.min(this.shortest[node] ?? pattern.length, pattern.length);
		}
		this.longest[node] = pattern.length;
	}

	/** The longest text that a node's ends with and that is at least half of a pattern. */
	pieceAt(from: number): number {
		let node = from;
		while (node !== ROOT && 2 * (this.depth[node] ?? 0) < (this.shortest[node] ?? 0)) node = this.suffix[node] ?? ROOT;
		return this.depth[node] ?? 0;
	}

	private childOf(node: number, code: number): number {
		const children = this.children[node] ?? new Map<number, number>();
		this.children[node] = children;
		const known = children.get(code);
		if (known !== undefined) return known;
		const child = this.depth.length;
		children.set(code, child);
		this.children.push(undefined);
		this.depth.push((this.depth[node] ?? 0) + 1);
		this.suffix.push(ROOT);
		this.longest.push(0);
		return child;
	}

	/** Level by level: a node's suffix is nearer to the root than the node. */
	link(): void {
		const queue = [ROOT];
		for (const node of queue) {
			for (const [code, child] of this.children[node] ?? []) {
				const suffix = node === ROOT ? ROOT : this.next(this.suffix[node] ?? ROOT, code);
				this.suffix[child] = suffix;
				this.longest[child] = Math.max(this.longest[child] ?? 0, this.longest[suffix] ?? 0);
				queue.push(child);
			}
		}
	}

	/** Where a further character leads. */
	next(from: number, code: number): number {
		let node = from;
		for (;;) {
			const child = this.children[node]?.get(code);
			if (child !== undefined) return child;
			if (node === ROOT) return ROOT;
			node = this.suffix[node] ?? ROOT;
		}
	}
}

function matchWith(trie: Trie, text: string): Match {
	const spans: Span[] = [];
	let node = ROOT;
	for (let at = 0; at < text.length; at++) {
		node = trie.next(node, text.charCodeAt(at));
		const length = trie.longest[node] ?? 0;
		if (length > 0) addSpan(spans, [at + 1 - length, at + 1]);
	}
	return { spans, pending: trie.depth[node] ?? 0, piece: trie.pieceAt(node) };
}

/** Spans come in the order of their ends; a longer one may reach back over several. */
function addSpan(spans: Span[], [start, end]: Span): void {
	let from = start;
	for (let last = spans.at(-1); last !== undefined && last[1] >= from; last = spans.at(-1)) {
		from = Math.min(from, last[0]);
		spans.pop();
	}
	spans.push([from, end]);
}
