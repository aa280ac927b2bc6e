import { isObject, type Json } from "@/server/plan/values/json";

export type Branch = Json[] | { [key: string]: Json };

/** A line of a JSON tree. */
export interface JsonRow {
	/** Its place as a JSON Pointer; marked where a line holds no value of its own. */
	key: string;
	path: readonly string[];
	depth: number;
	kind: "leaf" | "open" | "closed" | "end" | "more";
	value: Json;
	/** Of `more`: how many of its parent's values are not shown. */
	hidden?: number;
}

/** What a person has opened, closed, or asked for more of; by the row's key. */
export interface TreeChoices {
	open: ReadonlyMap<string, boolean>;
	/** How many values of a branch are shown. */
	shown: ReadonlyMap<string, number>;
}

/** Up to here a tree is as high as its rows; beyond it scrolls in a box and draws only what is in view. */
export const MANY_ROWS = 200;
export const TREE_LOOK = "font-mono text-[11px] leading-[18px] [font-variant-ligatures:none] [overflow-wrap:anywhere]";

/** So many values of one object or list are shown at first: a list of a million must not become a million rows. */
export const FIRST_SHOWN = 500;
const ROOT = "";

export function isBranch(value: Json): value is Branch {
	return typeof value === "object" && value !== null && sizeOf(value) > 0;
}

export function sizeOf(value: Branch): number {
	return Array.isArray(value) ? value.length : Object.keys(value).length;
}

/** The lines that are in view, in the order of the value's keys. The outermost braces are left out, and opened. */
export function jsonRows(value: Json, choices: TreeChoices): JsonRow[] {
	if (!isBranch(value)) return [{ key: ROOT, path: [], depth: 0, kind: "leaf", value }];
	const rows: JsonRow[] = [];
	addChildren(rows, { value, path: [], key: ROOT, depth: 0 }, choices);
	return rows;
}

interface Parent {
	value: Branch;
	path: readonly string[];
	key: string;
	depth: number;
}

function addChildren(rows: JsonRow[], { value, path, key, depth }: Parent, choices: TreeChoices): void {
	const names = Array.isArray(value) ? value.keys() : Object.keys(value);
	const most = choices.shown.get(key) ?? FIRST_SHOWN;
	let count = 0;
	for (const name of names) {
		if (count++ === most) {
			rows.push({ key: moreKey(key), path, depth, kind: "more", value, hidden: sizeOf(value) - most });
			return;
		}
		addRow(rows, { parent: { value, path, key, depth }, name: String(name) }, choices);
	}
}

function addRow(rows: JsonRow[], { parent, name }: { parent: Parent; name: string }, choices: TreeChoices): void {
	const value = childOf(parent.value, name);
	const row = {
		key: `${parent.key}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
		path: [...parent.path, name],
		depth: parent.depth,
		value,
	};
	if (!isBranch(value)) {
		rows.push({ ...row, kind: "leaf" });
		return;
	}
	const isOpen = choices.open.get(row.key) ?? parent.depth === 0;
	rows.push({ ...row, kind: isOpen ? "open" : "closed" });
	if (!isOpen) return;
	addChildren(rows, { ...row, value, depth: parent.depth + 1 }, choices);
	rows.push({ ...row, key: `}${row.key}`, kind: "end" });
}

/** The key of the line that stands for what is not shown of a branch, and back. */
function moreKey(key: string): string {
	return `…${key}`;
}

export function keyOfMore(key: string): string {
	return key.slice(1);
}

function childOf(value: Branch, name: string): Json {
	return (Array.isArray(value) ? value[Number(name)] : value[name]) ?? null;
}

const MAX_PREVIEW = 72;
const MAX_TEXT = 24;

/** What a closed object or list holds, as far as it fits on a line: `{ id: 7, name: "Ada", tags: [ 3 ], … }`. */
export function previewOf(value: Branch): string {
	const [left, right] = Array.isArray(value) ? "[]" : "{}";
	const isList = Array.isArray(value);
	const names = isList ? value.keys() : Object.keys(value);
	let text = "";
	for (const name of names) {
		const part = previewPart(childOf(value, String(name)));
		const next = isList ? part : `${name}: ${part}`;
		if (text.length + next.length > MAX_PREVIEW) {
			text += text === "" ? "…" : ", …";
			break;
		}
		text += text === "" ? next : `, ${next}`;
	}
	return `${left} ${text} ${right}`;
}

function previewPart(value: Json): string {
	if (typeof value === "string")
		return JSON.stringify(value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value);
	if (typeof value !== "object" || value === null) return String(value);
	const size = sizeOf(value);
	if (Array.isArray(value)) return size === 0 ? "[ ]" : `[ ${size} ]`;
	return size === 0 ? "{ }" : `{ ${size} }`;
}

const MAX_COLUMNS = 40;
const LOOKED_AT = 200;

/** A list of objects can be read as a table. Only its beginning is looked at: it may be long. */
export function isTable(value: Json): value is Json[] {
	return Array.isArray(value) && value.length > 1 && value.slice(0, LOOKED_AT).every((row) => isObject(row));
}

/** The columns of a list of objects, in the order in which their keys first come. */
export function columnsOf(list: readonly Json[]): string[] {
	const columns = new Set(list.slice(0, LOOKED_AT).flatMap((row) => (isObject(row) ? Object.keys(row) : [])));
	return [...columns].slice(0, MAX_COLUMNS);
}

export function cellOf(row: Json | undefined, column: string): Json | undefined {
	return row !== undefined && isObject(row) && Object.hasOwn(row, column) ? row[column] : undefined;
}

/** A value as it is copied: a text as it is, everything else as JSON. */
export function copyTextOf(value: Json): string {
	return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
