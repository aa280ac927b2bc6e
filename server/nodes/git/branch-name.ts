/** What git takes as the name of a branch or a tag (git-check-ref-format), and no option of a command. */
export function isRefName(name: string): boolean {
	const parts = name.split("/");
	const isPlain = !/[\s\p{Cc}~^:?*[\\]|\.\.|@\{/u.test(name) && name !== "@" && !name.startsWith("-");
	return isPlain && parts.every((part) => part !== "" && !part.startsWith(".") && !/\.$|\.lock$/.test(part));
}
