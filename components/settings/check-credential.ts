export interface CredentialErrors {
	name?: string;
	value?: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

interface CredentialDraft {
	name: string;
	value: string;
	/** Names that would be overwritten. */
	taken: readonly string[];
}

/** What keeps a credential from being saved, before the server is asked. */
export function checkCredential({ name, value, taken }: CredentialDraft): CredentialErrors {
	return { name: checkName(name, taken), value: value === "" ? "Enter the value." : undefined };
}

function checkName(name: string, taken: readonly string[]): string | undefined {
	if (name === "") return "Enter a name, such as DEPLOY_TOKEN.";
	if (!NAME.test(name)) return "Use letters, digits and _, starting with a letter or _.";
	return taken.includes(name)
		? `${name} exists already. Replace its value instead, or choose another name.`
		: undefined;
}
