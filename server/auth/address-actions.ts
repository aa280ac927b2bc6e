"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getDatabase } from "@/server/database";
import { getMasterSecrets } from "@/server/derive-key";
import { addressLinkPath, isAddressToken } from "./address-links";
import { readText } from "./auth-form";
import { getViewer } from "./get-viewer";
import { requireOwnHost } from "./local-request";
import { markVerified } from "./verified-address";

/** Takes `token`, and leads back to its page, which says how it went. */
export async function verifyAddress(form: FormData): Promise<void> {
	requireOwnHost(await headers());
	const token = readText(form, "token");
	const viewer = await getViewer();
	if (viewer && isAddressToken(getMasterSecrets(), token, viewer))
		await getDatabase().db.transaction((tx) => markVerified(tx, viewer.userId));
	redirect(addressLinkPath(token));
}
