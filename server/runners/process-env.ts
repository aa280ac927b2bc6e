/** A whole environment for a child. Next.js declares NODE_ENV as always there, which no command has to believe. */
export function toProcessEnv(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
	return Object.assign(Object.create(null), env);
}
