/** The sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
	return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}
