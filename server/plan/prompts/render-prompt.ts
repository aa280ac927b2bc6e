import { isObject, type Json, type JsonObject } from "../values/json";
import { toText } from "../values/value-text";
import { PROMPT_LIMITS } from "./prompt-limits";
import type { PromptBlock, PromptPart, PromptPath } from "./prompt-template";

/** A stretch of what a prompt becomes: written in it, or the value of a variable. */
export interface PromptPiece {
	text: string;
	isValue: boolean;
}

/** A prompt that becomes too long, or repeats too much. */
export class PromptTooLong extends Error {
	override readonly name = "PromptTooLong";
}

/** Fills a template in. Values are taken as they are: nothing in them is read as a template. Throws `PromptTooLong`. */
export function renderPrompt(parts: readonly PromptPart[], variables: JsonObject): string {
	return renderPieces(parts, variables)
		.map(({ text }) => text)
		.join("");
}

/** The same, by where each stretch comes from. */
export function renderPieces(parts: readonly PromptPart[], variables: JsonObject): PromptPiece[] {
	const rendering: Rendering = { pieces: [], length: 0, work: 0 };
	renderParts(parts, { value: variables }, rendering);
	return rendering.pieces;
}

interface Rendering {
	pieces: PromptPiece[];
	length: number;
	work: number;
}

interface Scope {
	value: Json | undefined;
	outer?: Scope;
	loop?: Loop;
}

interface Loop {
	index: number;
	key: string | number;
	first: boolean;
	last: boolean;
	outer?: Loop | undefined;
}

function renderParts(parts: readonly PromptPart[], scope: Scope, rendering: Rendering): void {
	for (const part of parts) {
		count(rendering, typeof part === "string" ? 1 : 1 + part.path.parts.length);
		if (typeof part === "string") add(rendering, part, false);
		else if (part.kind === "value") add(rendering, toText(valueAt(part.path, scope) ?? null), true);
		else renderBlock(part, scope, rendering);
	}
}

function count(rendering: Rendering, work: number): void {
	rendering.work += work;
	if (rendering.work > PROMPT_LIMITS.work)
		throw new PromptTooLong("The prompt repeats too much. Hand on shorter lists.");
}

function add(rendering: Rendering, text: string, isValue: boolean): void {
	if (text === "") return;
	rendering.length += text.length;
	if (rendering.length > PROMPT_LIMITS.rendered)
		throw new PromptTooLong("The prompt becomes longer than 2,000,000 characters. Hand on shorter values.");
	rendering.pieces.push({ text, isValue });
}

function renderBlock(block: PromptBlock, scope: Scope, rendering: Rendering): void {
	const value = valueAt(block.path, scope);
	const inside = (value: Json | undefined, loop = scope.loop): Scope => ({
		value,
		outer: scope,
		...(loop && { loop }),
	});
	switch (block.kind) {
		case "if":
			renderParts(isFilled(value) ? block.body : block.otherwise, scope, rendering);
			break;
		case "unless":
			renderParts(isFilled(value) ? block.otherwise : block.body, scope, rendering);
			break;
		case "with":
			if (isFilled(value) || value === 0) renderParts(block.body, inside(value), rendering);
			else renderParts(block.otherwise, scope, rendering);
			break;
		case "each":
			renderEach(block, value, { scope, inside, rendering });
	}
}

interface Around {
	scope: Scope;
	inside: (value: Json | undefined, loop: Loop) => Scope;
	rendering: Rendering;
}

/** What is empty inside takes its time, too: the items count before there is anything of them. */
function renderEach(block: PromptBlock, value: Json | undefined, { scope, inside, rendering }: Around): void {
	count(rendering, sizeOf(value));
	const items = itemsOf(value);
	for (const [index, [key, item]] of items.entries()) {
		const loop = { index, key, first: index === 0, last: index === items.length - 1, outer: scope.loop };
		renderParts(block.body, inside(item, loop), rendering);
	}
	if (items.length === 0) renderParts(block.otherwise, scope, rendering);
}

type Items = readonly (readonly [string | number, Json])[];

/** As Handlebars has it: an empty text or list, 0, false and null are not filled. */
function isFilled(value: Json | undefined): boolean {
	return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function sizeOf(value: Json | undefined): number {
	if (Array.isArray(value)) return value.length;
	return isObject(value) ? Object.keys(value).length : 0;
}

function itemsOf(value: Json | undefined): Items {
	if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
	return isObject(value) ? Object.entries(value) : [];
}

function valueAt({ up, data, parts }: PromptPath, scope: Scope): Json | undefined {
	if (data === "root") return readParts(rootOf(scope).value, parts);
	if (data) return loopAt(scope.loop, up)?.[data];
	let from: Scope | undefined = scope;
	for (let level = 0; from && level < up; level++) from = from.outer;
	return readParts(from?.value, parts);
}

function rootOf(scope: Scope): Scope {
	let root = scope;
	while (root.outer) root = root.outer;
	return root;
}

function loopAt(loop: Loop | undefined, up: number): Loop | undefined {
	let found = loop;
	for (let level = 0; found && level < up; level++) found = found.outer;
	return found;
}

/** Follows own properties only. */
function readParts(from: Json | undefined, parts: readonly string[]): Json | undefined {
	let value = from;
	for (const part of parts) {
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
		value = Array.isArray(value) ? (part === "length" ? value.length : value[Number(part)]) : value[part];
	}
	return value;
}
