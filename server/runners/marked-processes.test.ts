import { expect, test } from "vitest";
import { describeWorker, isWorkerAlive } from "./marked-processes";

test("a worker is alive while its process is, and not by the number of another one", () => {
	expect(isWorkerAlive(describeWorker("this one"))).toBe(true);
	for (const mark of [`${process.pid}/1/earlier`, "999999999/1/gone", `${process.pid}`, "no mark", ""])
		expect(isWorkerAlive(mark)).toBe(false);
});
