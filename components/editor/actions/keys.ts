/** A key with its modifiers, as in `mod+shift+z`; `mod` is ⌘ on Apple's machines and Ctrl elsewhere, `plus` is +. */
export type Keys = string;

export function matchesKeys(event: KeyboardEvent, keys: Keys): boolean {
	const parts = keys.split("+");
	const last = parts.at(-1) ?? "";
	const key = last === "plus" ? "+" : last;
	const holds = new Set(parts.slice(0, -1));
	// On many keyboards a character such as ? or / needs Shift, which is then no part of the shortcut.
	const isLetter = /^[a-z0-9]$/.test(key) || key.length > 1;
	return (
		event.key.toLowerCase() === key &&
		(event.metaKey || event.ctrlKey) === holds.has("mod") &&
		event.altKey === holds.has("alt") &&
		(!isLetter || event.shiftKey === holds.has("shift"))
	);
}

/** The keys one after the other, as they are printed on a keyboard. */
export function keyCaps(keys: Keys, mod: "⌘" | "Ctrl"): string[] {
	return keys
		.split("+")
		.map((part) => (part === "mod" ? mod : (CAPS[part] ?? (part.length === 1 ? part.toUpperCase() : part))));
}

const CAPS: Readonly<Record<string, string>> = {
	shift: "⇧",
	alt: "Alt",
	enter: "↵",
	delete: "Del",
	escape: "Esc",
	f2: "F2",
	tab: "Tab",
	plus: "+",
	arrowup: "↑",
};
