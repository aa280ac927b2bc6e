import { v7 } from "uuid";

/** A UUIDv7: unique without asking, and sorted by time, so that index pages stay together. */
export function newId(): string {
	return v7();
}
