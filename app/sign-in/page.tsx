import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { OAuthProvider } from "@/components/auth/provider-buttons";
import { SignInPage } from "@/components/auth/sign-in-page";
import { signInAsDemo, signInWithPassword, signInWithProvider, signUpWithPassword } from "@/server/auth/actions";
import { signInOptions } from "@/server/auth/providers";
import { safePath } from "@/server/auth/safe-path";
import { readMe } from "../[team]/enter-team";

export const metadata: Metadata = { title: "Sign in" };

const PROVIDERS: readonly OAuthProvider[] = ["github", "google"];
const ACTIONS = {
	signIn: signInWithPassword,
	createAccount: signUpWithPassword,
	tryDemo: signInAsDemo,
	signInWith: signInWithProvider,
};

interface SignInProps {
	searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}

export default async function Page({ searchParams }: SignInProps) {
	const { callbackUrl, error } = await searchParams;
	const returnTo = safePath(callbackUrl);
	if (await readMe()) redirect(returnTo);
	const options = signInOptions();
	return (
		<SignInPage
			actions={ACTIONS}
			providers={PROVIDERS.filter((provider) => options[provider])}
			demo={options.demo}
			returnTo={returnTo}
			error={error === undefined ? undefined : explainError(String(error))}
		/>
	);
}

/** Auth.js sends people back with the name of what went wrong. */
function explainError(name: string): string {
	if (name === "OAuthAccountNotLinked") {
		return "There is an account with this e-mail address already. Sign in the way you did before.";
	}
	if (name === "AccessDenied") return "That account may not sign in here. Try another one.";
	return "Signing in did not work. Try again, or choose another way.";
}
