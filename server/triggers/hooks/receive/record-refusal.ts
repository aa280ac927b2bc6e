import type { Database } from "@/db/client";
import { clientAddress } from "@/server/http/client-address";
import type { HookTrigger } from "../hook-kind";
import { queueDelivery } from "./commit-queue";
import { isWithinMinute } from "./use-limit";

interface Refused {
	trigger: HookTrigger;
	request: Pick<Request, "method" | "headers">;
	receivedAt: number;
	reason: string;
}

/** Writes down that a request was refused, some of them a minute: nobody fills the log of a trigger by sending rubbish. */
export async function recordRefusal(
	database: Database,
	{ trigger, request, receivedAt, reason }: Refused,
): Promise<void> {
	if (!(await isWithinMinute("refusals", trigger.id))) return;
	const { method, headers } = request;
	const told = { method, from: clientAddress(headers), size: Number(headers.get("content-length") ?? 0) || 0 };
	const outcome = { verdict: "refused" as const, reason };
	await queueDelivery(database.sql, { trigger, receivedAt, request: told, outcome });
}
