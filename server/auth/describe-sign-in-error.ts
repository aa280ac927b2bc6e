import { SIGN_UP_REFUSALS } from "./sign-up-policy";

/** A message for an error code of Auth.js after a sign-in with another service; undefined if there was no error. */
export function describeSignInError(code: unknown): string | undefined {
	if (typeof code !== "string" || code === "") return undefined;
	switch (code) {
		case "OAuthAccountNotLinked":
			return "There is an account with this e-mail address already, and its address is not verified. Sign in the way you did the first time.";
		case "AddressNotVerified":
			return "That service has not verified your e-mail address. Verify it there, or sign in with e-mail.";
		case "TooManyAttempts":
			return "Too many attempts. Try again in an hour.";
		case "SignUpInvited":
			return SIGN_UP_REFUSALS.invited;
		case "SignUpClosed":
			return SIGN_UP_REFUSALS.closed;
		case "AccessDenied":
			return "The service did not let you in. Try again, or sign in with e-mail.";
		default:
			return "Signing in with this service did not work. Try again, or sign in with e-mail.";
	}
}
