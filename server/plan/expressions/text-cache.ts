/**
 * Remembers what a pure function made of a text. Bounded by characters, so that a long-lived server and an editor
 * with thousands of keystrokes keep only what was used last; a text above a tenth of the bound is not kept.
 */
export function cacheByText<Value>(compute: (text: string) => Value, maxChars = 2_000_000): (text: string) => Value {
	const kept = new Map<string, Value>();
	let chars = 0;
	return (text) => {
		const known = kept.get(text);
		if (known !== undefined) return known;
		const value = compute(text);
		const cost = text.length + ENTRY_CHARS;
		if (cost > maxChars / 10) return value;
		kept.set(text, value);
		chars += cost;
		for (const oldest of kept.keys()) {
			if (chars <= maxChars) break;
			kept.delete(oldest);
			chars -= oldest.length + ENTRY_CHARS;
		}
		return value;
	};
}

/** What an entry costs beside its text, in characters. */
const ENTRY_CHARS = 200;
