import type { Edge } from "../plan";

/** A connection's name: no two connections of a plan share it. The canvas gives its edges the same. */
export type EdgeKey = string;

export function edgeKey({ from, port, to }: Edge): EdgeKey {
	return `${from}.${port}>${to}`;
}
