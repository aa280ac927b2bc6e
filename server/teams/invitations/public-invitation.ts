import { getEnv } from "@/server/env";
import { publicAddress } from "@/server/public-address";

const PAGE = "/join/";

/** The page of an invitation, as a path of this server. */
export function invitationPath(token: string): string {
	return `${PAGE}${token}`;
}

/** The same for whoever is elsewhere. */
export function publicInvitation(token: string): string {
	return publicAddress(invitationPath(token), getEnv());
}

/** The token of the invitation that a path leads to; undefined when it leads elsewhere. */
export function tokenOfPath(path: string): string | undefined {
	const token = path.startsWith(PAGE) ? path.slice(PAGE.length) : "";
	return /^[\w-]{20,100}$/.test(token) ? token : undefined;
}
