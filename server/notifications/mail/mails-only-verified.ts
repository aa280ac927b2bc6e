import { getEnv } from "@/server/env";

/**
 * Whether only people get mail, and have invitations mailed, who have shown that their address is theirs. So it is where
 * anybody may make an account with any address: nobody sends words of their own to strangers from here.
 */
export function mailsOnlyVerified(): boolean {
	return getEnv().WEFT_SIGN_UP === "open";
}
