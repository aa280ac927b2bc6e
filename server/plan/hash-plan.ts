import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Plan } from "./plan";

/**
 * The plan's name in the store: sha-256, in hex, of what it does. Positions and notes do not count, nor the order of
 * keys, nodes and connections, nor whether a default is written out. The same in the browser and on the server.
 */
export function hashPlan(plan: Plan): string {
	return bytesToHex(sha256(utf8ToBytes(canonicalJson(meaningOf(plan)))));
}

/** JSON with sorted keys and no white space; entries that are `undefined` are left out, as in JSON. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

function meaningOf({ notes: _, nodes, edges, ...rest }: Plan) {
	return {
		...rest,
		nodes: inOrder(nodes.map(({ position: _, disabled, ...node }) => ({ ...node, disabled: disabled || undefined }))),
		edges: inOrder(edges),
	};
}

/** As texts, since their order must not depend on anything but themselves. */
function inOrder(values: readonly object[]): string[] {
	return values.map(canonicalJson).sort();
}
