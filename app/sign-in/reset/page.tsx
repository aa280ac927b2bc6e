import type { Metadata } from "next";
import { AuthPage } from "@/components/auth/auth-page";
import { LinkIsOver, ResetPassword } from "@/components/auth/reset-password";
import { resetPassword } from "@/server/auth/password-actions";
import { findPasswordLink } from "@/server/auth/password-links";
import { getDatabase } from "@/server/database";

export const metadata: Metadata = {
	title: "Set a new password",
	referrer: "no-referrer",
	robots: { index: false, follow: false },
};

interface ResetProps {
	searchParams: Promise<{ token?: string | string[] }>;
}

/** Looking changes nothing: scanners of mail open every link. */
export default async function Page({ searchParams }: ResetProps) {
	const { token } = await searchParams;
	const link = typeof token === "string" ? await findPasswordLink(getDatabase().db, token) : null;
	return (
		<AuthPage>
			{link ? <ResetPassword action={resetPassword} token={String(token)} email={link.email} /> : <LinkIsOver />}
		</AuthPage>
	);
}
