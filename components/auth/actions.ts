/** What a form of the sign-in page shows after it was sent and refused. */
export interface AuthState {
	/** One sentence: what was wrong and what to do. */
	error?: string;
	/** What it was sent with, for a form that comes back as a new page. */
	typed?: { name?: string; email: string };
	/** It worked, and the page stays: signed in where that was asked, or a link was sent. */
	done?: true;
}

/** A server action that signs in. On the sign-in page it then redirects and does not return. */
export type AuthAction = (state: AuthState, form: FormData) => Promise<AuthState>;

/** Whether an account can be made here. */
export type SignUpState =
	| { isOpen: true /** This one would administer the server. */; isFirst: boolean }
	| { isOpen: false /** And what to do. */; reason: string };

/** Each takes `next`, the path to go to afterwards. */
export interface AuthActions {
	/** Takes `email` and `password`. */
	signIn: AuthAction;
	/** Takes `name`, `email` and `password`. */
	createAccount: AuthAction;
	tryDemo: AuthAction;
	/** Takes `provider` and leaves for its page. */
	signInWith: AuthAction;
}
