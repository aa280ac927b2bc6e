import type { Database } from "@/db/client";
import { clientAddress } from "@/server/http/client-address";
import { noteProblem, takeTest } from "../../test-events/take-test";
import type { HookTrigger, WaitingTest } from "../hook-kind";
import type { TestAnswer } from "./answer";
import type { HookRequest } from "./read-body";
import { readEvent, refuseFor } from "./read-for";

interface Arrived {
	request: HookRequest;
	triggers: readonly HookTrigger[];
	tests: readonly WaitingTest[];
	receivedAt: number;
	bytes: Buffer;
}

/** Holds a request against the drafts that wait at its address, as if they were published. */
export async function receiveForTests(database: Database, arrived: Arrived): Promise<TestAnswer[]> {
	return await Promise.all(arrived.tests.map((test) => receiveForTest(database, test, arrived)));
}

async function receiveForTest(database: Database, test: WaitingTest, arrived: Arrived): Promise<TestAnswer> {
	const { request, bytes, triggers, tests } = arrived;
	const refusal = refuseFor(test, arrived);
	const event = refusal ? undefined : await readEvent(request, bytes, [...triggers, ...tests]);
	if (event === undefined || typeof event === "string") {
		await noteProblem(database, test, refusal?.reason ?? event ?? "");
		return { workflow: test.slug, status: refusal?.status ?? 400 };
	}
	const taken = await takeTest(database, test, { event, from: clientAddress(request.headers), size: bytes.length });
	return { workflow: test.slug, status: taken === "too many" ? 429 : 202, isPinned: taken === "pinned" };
}
