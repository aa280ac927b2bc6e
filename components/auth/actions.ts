/** What a form of the sign-in page shows after it was sent and refused. */
export interface AuthState {
	/** One sentence: what was wrong and what to do. */
	error?: string;
}

/** A server action of the sign-in page. When it succeeds it leads away and does not return. */
export type AuthAction = (state: AuthState, form: FormData) => Promise<AuthState>;

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
