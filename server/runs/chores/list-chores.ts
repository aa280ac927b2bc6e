import type { Sql } from "@/db/client";
import { forgetPasswordLinks } from "@/server/auth/password-links";
import { forgetSessions } from "@/server/auth/sessions";
import { sendOutbox } from "../store/outbox";
import { admitHeldRuns } from "./admit-held-runs";
import type { Chore } from "./chore";
import { endOverdueRuns } from "./end-overdue-runs";
import { finishKeyRotations } from "./finish-key-rotations";
import { forgetFormerValues } from "./forget-former-values";
import { forgetPlans } from "./forget-plans";
import { forgetTries } from "./forget-tries";
import { forgetWorkers } from "./forget-workers";
import { requestLostRuns } from "./request-lost-runs";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The chores that need nothing but the database and the engine's address. */
export function listChores(sql: Sql): Chore[] {
	return [
		{ name: "send-events", everyMs: SECOND, run: () => sendOutbox(sql) },
		{ name: "end-overdue-runs", everyMs: SECOND, run: () => endOverdueRuns(sql) },
		{ name: "admit-held-runs", everyMs: 5 * SECOND, run: () => admitHeldRuns(sql) },
		{ name: "request-lost-runs", everyMs: 10 * SECOND, run: () => requestLostRuns(sql) },
		{ name: "forget-workers", everyMs: 10 * MINUTE, run: () => forgetWorkers(sql) },
		{ name: "forget-former-values", everyMs: 10 * MINUTE, run: () => forgetFormerValues(sql) },
		{ name: "finish-key-rotations", everyMs: 10 * MINUTE, run: () => finishKeyRotations(sql) },
		{ name: "forget-tries", everyMs: 10 * MINUTE, run: () => forgetTries(sql) },
		{ name: "forget-password-links", everyMs: 60 * MINUTE, run: () => forgetPasswordLinks(sql) },
		{ name: "forget-sessions", everyMs: 60 * MINUTE, run: () => forgetSessions(sql) },
		{ name: "forget-plans", everyMs: 60 * MINUTE, run: () => forgetPlans(sql) },
	];
}
