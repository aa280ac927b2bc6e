"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState } from "react";
import { errorText } from "../trpc/error-text";
import type { AuthAction, AuthState } from "./actions";

/** A server action for a form. One that is not answered says so in the form, which stays as it is filled in. */
export function useAuthAction(action: AuthAction, onDone?: () => void) {
	const [state, send, busy] = useActionState(async (before: AuthState, form: FormData): Promise<AuthState> => {
		try {
			const answer = await action(before, form);
			if (answer.done) onDone?.();
			return answer;
		} catch (error) {
			// Leading to another page is an error to React.
			unstable_rethrow(error);
			return { error: errorText(error) };
		}
	}, {});
	return { error: busy ? undefined : state.error, send, busy };
}
