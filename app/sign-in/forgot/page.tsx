import type { Metadata } from "next";
import { AuthPage } from "@/components/auth/auth-page";
import { ForgotPassword } from "@/components/auth/forgot-password";
import { requestPasswordLink } from "@/server/auth/password-actions";
import { getMailer } from "@/server/mail/mailer";

export const metadata: Metadata = { title: "Forgot password" };
/** Whether mail is sent is a setting of the running server, not of the build. */
export const dynamic = "force-dynamic";

export default function Page() {
	return (
		<AuthPage>
			<ForgotPassword action={getMailer() ? requestPasswordLink : undefined} />
		</AuthPage>
	);
}
