import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/return-path";
import { VerifyAddress } from "@/components/auth/verify-address";
import { verifyAddress } from "@/server/auth/address-actions";
import { addressLinkPath, readAddressLink } from "@/server/auth/address-links";
import { getViewer } from "@/server/auth/get-viewer";
import { getDatabase } from "@/server/database";
import { getMasterSecrets } from "@/server/derive-key";

export const metadata: Metadata = {
	title: "Verify your address",
	referrer: "no-referrer",
	robots: { index: false, follow: false },
};

interface VerifyProps {
	searchParams: Promise<{ token?: string | string[] }>;
}

/** For whoever is signed in with the account that the link was sent for: nobody else can say that its address is theirs. */
export default async function Page({ searchParams }: VerifyProps) {
	const token = String((await searchParams).token ?? "");
	const owner = await getViewer();
	if (!owner) redirect(signInPath(addressLinkPath(token)));
	const state = await readAddressLink(getDatabase().db, getMasterSecrets(), { token, owner });
	return <VerifyAddress state={state} email={owner.email} token={token} action={verifyAddress} />;
}
