"use client";

import { useOffline } from "next/offline";
import { useActionState } from "react";
import type { AuthAction } from "./actions";

const WAITS = "No connection to Weft. This goes on when it is back.";

/** A server action for a form, which is sent without JavaScript too. It waits for a connection, and says so. */
export function useAuthAction(action: AuthAction) {
	const [{ error, typed, done }, send, busy] = useActionState(action, {});
	const waiting = useOffline() ? WAITS : undefined;
	return { error: busy ? waiting : error, typed, done, send, busy };
}
