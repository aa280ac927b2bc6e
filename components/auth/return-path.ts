/** The sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
	return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}

export function forgotPasswordPath(): string {
	return "/sign-in/forgot";
}

/** The page for a new account that leads back to `path`. */
export function createAccountPath(path: string): string {
	const page = signInPath(path);
	return `${page}${page.includes("?") ? "&" : "?"}new=1`;
}
