import { TOO_MANY } from "./shell-refusals";
import type { ShellTemplate } from "./shell-template";

/** Where a reference stands, which decides how its variable is quoted. */
export type ShellPlace = "bare" | "double" | "single" | "ansi" | "here-document" | "comment";

export interface Placement {
	/** The index of its mark in the template's text. */
	index: number;
	place: ShellPlace;
	/** Why a value is not safe here, and what to do instead. */
	problem?: string;
}

const MAX_REFERENCES = 1_000;

/** A place in a script, the part of it that is being read, and the references found so far. */
export abstract class ShellCursor {
	readonly placements: Placement[] = [];
	protected at = 0;
	protected end: number;
	/** Set once the quoting of all that follows cannot be told for sure. */
	protected unclear: string | undefined;
	protected readonly text: string;
	private forbidden: string | undefined;

	constructor(private readonly template: ShellTemplate) {
		this.text = template.text;
		this.end = template.text.length;
	}

	/** Why a value would be evaluated where the cursor stands, if it would be. */
	protected abstract explainPlace(place: ShellPlace): string | undefined;

	protected readRange(end: number, read: () => void): void {
		const outer = this.end;
		this.end = Math.min(end, outer);
		read();
		this.end = outer;
	}

	/** Reads a part in which every reference is refused with `problem`. */
	protected forbid(problem: string | undefined, read: () => void): void {
		const outer = this.forbidden;
		this.forbidden = outer ?? problem;
		read();
		this.forbidden = outer;
	}

	protected isReference(): boolean {
		return this.template.references.has(this.at);
	}

	protected place(place: ShellPlace, problem?: string): void {
		const tooMany = this.placements.length >= MAX_REFERENCES ? TOO_MANY : undefined;
		const reason = this.unclear ?? this.forbidden ?? problem ?? tooMany ?? this.explainPlace(place);
		this.placements.push({ index: this.at, place, problem: reason });
		this.at++;
	}

	/** Passes a reference that the shell never sees. */
	protected leaveOut(): void {
		this.placements.push({ index: this.at, place: "comment" });
		this.at++;
	}
}
