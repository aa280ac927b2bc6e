/** What to say when another sign-in service sent somebody back with one of Auth.js's error codes. */
export function describeSignInError(code: unknown): string | undefined {
	if (typeof code !== "string" || code === "") return undefined;
	switch (code) {
		case "OAuthAccountNotLinked":
			return "There is an account with this e-mail address already. Sign in the way you did the first time.";
		case "AccessDenied":
			return "The service did not let you in. Try again, or sign in with e-mail.";
		default:
			return "Signing in with this service did not work. Try again, or sign in with e-mail.";
	}
}
