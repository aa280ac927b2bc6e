import type { MasterSecrets } from "@/server/derive-key";
import { isSignature, signTexts } from "@/server/signature";

interface Locked {
	id: string;
	passwordHash: string;
}

/** What a browser keeps once the password was right: good for this link and this password alone. */
export function proveVisit(secrets: MasterSecrets, { id, passwordHash }: Locked): string {
	return signTexts(secrets, "share links", [id, passwordHash]);
}

export function isProof(secrets: MasterSecrets, { id, passwordHash }: Locked, given: string | undefined): boolean {
	return isSignature(secrets, { purpose: "share links", texts: [id, passwordHash] }, given ?? "");
}
