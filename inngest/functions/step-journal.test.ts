import { expect, test, vi } from "vitest";
import type { NewRunEvent } from "@/server/runs/events";
import { createRedact } from "./redact-secrets";
import { openJournal } from "./step-journal";

const place = { nodeId: "ask", iteration: "" };

function textOf(events: readonly NewRunEvent[]): string {
	return events.map((event) => (event.type === "step.token" ? event.data.text : "")).join("");
}

test("a secret that an answer streams in two pieces is hidden", async () => {
	const stored: NewRunEvent[] = [];
	const journal = openJournal(place, createRedact(["s3cret-value"]), async (events) => void stored.push(...events));
	journal.token("The key is s3cret");
	await vi.waitFor(() => expect(textOf(stored)).toBe("The key is "));
	journal.token("-value, as you know");
	stored.push(...(await journal.close()));
	expect(textOf(stored)).toBe("The key is •••, as you know");
});

test("a long answer without spaces still arrives while it is written", async () => {
	const stored: NewRunEvent[] = [];
	const journal = openJournal(place, createRedact([]), async (events) => void stored.push(...events));
	journal.token("a".repeat(20_000));
	await vi.waitFor(() => expect(textOf(stored)).toHaveLength(20_000));
});
