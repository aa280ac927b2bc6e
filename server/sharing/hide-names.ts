import { REDACTED } from "@/server/plan/values/redacted";
import type { Actor } from "@/server/runs/events";

/** Names that are looked for in everything a link shows; nobody decides in a run with more people than that. */
const MAX_NAMES = 200;
/** A single letter is too common to hide. */
const MIN_LENGTH = 2;

/** The names of the people who did something in a run, wherever its steps have copied them to. */
export class HiddenNames {
	readonly #names = new Set<string>();
	#pattern: RegExp | undefined;

	add(names: Iterable<string>): void {
		const before = this.#names.size;
		for (const name of names) {
			if (this.#names.size < MAX_NAMES && name.trim().length >= MIN_LENGTH) this.#names.add(name.trim());
		}
		if (this.#names.size > before) this.#pattern = patternOf(this.#names);
	}

	/** Whole names only: who is called Ann does not spoil an announcement. */
	hide(text: string): string {
		return this.#pattern ? text.replace(this.#pattern, REDACTED) : text;
	}
}

/** The name of a person; systems are called what everybody knows. */
export function personIn(actor: Actor): string[] {
	if (actor.kind === "mail-link") return [actor.address];
	return "name" in actor && actor.kind !== "system" ? [actor.name] : [];
}

/** As text, as JSON writes it, and as addresses and forms do; the longest first. */
function patternOf(names: Iterable<string>): RegExp {
	const forms = [...names].flatMap((name) => {
		const encoded = encodeURIComponent(name.toWellFormed());
		return [name, JSON.stringify(name).slice(1, -1), encoded, encoded.replaceAll("%20", "+")];
	});
	const literals = [...new Set(forms)].sort((a, b) => b.length - a.length).map(escapePattern);
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${literals.join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

function escapePattern(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}
