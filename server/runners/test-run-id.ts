import { randomUUID } from "node:crypto";

/** A run's processes are found by its id on the whole machine, where other tests run at the same time. */
export function createRunId(): string {
	return `run-${randomUUID()}`;
}
