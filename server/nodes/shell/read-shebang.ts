/** The program that a command's first line names, as in `#!/usr/bin/env python3`. */
export interface Shebang {
	interpreter: string;
	/** The rest of the line: one argument, as for the kernel. */
	argument: string | undefined;
	/** What runs in the end, by its plain name: `python3`. */
	name: string;
}

/** Undefined where the first line names none. */
export function readShebang(command: string): Shebang | undefined {
	const [, interpreter, behind = ""] = /^#![ \t]*(\S+)(.*)/.exec(command) ?? [];
	if (interpreter === undefined) return undefined;
	const argument = behind.trim();
	const base = baseName(interpreter);
	const words = argument.split(/[ \t]+/).filter((word) => !word.startsWith("-") && !word.includes("="));
	return { interpreter, argument: argument || undefined, name: base === "env" ? baseName(words[0] ?? "") : base };
}

/** The flags that a first line adds to bash, as in `#!/bin/bash -eu`; undefined where it names another program or more. */
export function bashFlags(shebang: Shebang | undefined): string[] | undefined {
	if (shebang?.name !== "bash") return undefined;
	const words = shebang.argument?.split(/[ \t]+/) ?? [];
	const flags = words[0] === "bash" ? words.slice(1) : words;
	const isPlain = flags.every((word, index) => {
		const isName = index > 0 && /^-[a-zA-Z]*o$/.test(flags[index - 1] ?? "");
		return isName ? /^[a-z]+$/.test(word) : /^-[abefhkmnptuvxBCEHPT]*o?$/.test(word);
	});
	return isPlain ? flags : undefined;
}

/** Shells that understand `-e`, and that a reference, which is an environment variable, can be written for. */
export function isPosixShell({ name }: Shebang): boolean {
	return /^(?:sh|dash|ash|ksh|mksh|zsh|busybox)$/.test(name);
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
