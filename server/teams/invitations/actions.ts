"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { closeSession } from "@/server/auth/current-session";
import { getViewer } from "@/server/auth/get-viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import { withAddress } from "@/server/http/request-address";
import { acceptInvitation } from "./accept-invitation";
import { invitationPath } from "./public-invitation";

/** Takes `token`. A refusal leads back to the page of the invitation, which says what to do. */
export async function joinTeam(form: FormData): Promise<void> {
	const token = readToken(form);
	const viewer = await getViewer();
	if (!viewer) redirect(signInTo(token));
	redirect((await tryToJoin(token, viewer)) ?? invitationPath(token));
}

/** Takes `token`. Signs out, and leads to signing in and back to the invitation. */
export async function changeAccount(form: FormData): Promise<void> {
	await closeSession();
	redirect(signInTo(readToken(form)));
}

async function tryToJoin(token: string, joiner: { userId: string; name: string; email: string }) {
	try {
		const address = clientAddress(await headers());
		const { slug } = await withAddress(address, () => acceptInvitation(getDatabase(), token, joiner));
		return `/${slug}/workflows`;
	} catch (error) {
		if (error instanceof WeftError) return undefined;
		throw error;
	}
}

function signInTo(token: string): string {
	return `/sign-in?next=${encodeURIComponent(invitationPath(token))}`;
}

function readToken(form: FormData): string {
	const token = form.get("token");
	return typeof token === "string" ? encodeURIComponent(token.slice(0, 100)) : "";
}
