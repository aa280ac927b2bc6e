"use client";

import { useState } from "react";
import { isSlugOf, slugify } from "@/server/plan/slugify";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import { Field } from "./field";
import { Input } from "./input";

interface AddressFieldProps {
	value: string;
	/** The address that is kept now. */
	kept: string;
	/** What stands before it: `…/acme/workflows/`. */
	base: string;
	onChange: (value: string) => void;
}

/** The part of an address that somebody chooses, shown whole, with what becomes of links to the one before. */
export function AddressField({ value, kept, base, onChange }: AddressFieldProps) {
	const address = `${base}${finishAddress(value)}`;
	const help = finishAddress(value) === kept ? address : `${address}. Links with ${base}${kept} lead there.`;
	return (
		<Field label="Address" help={help}>
			{(control) => (
				<Input
					{...control}
					value={value}
					maxLength={WORKFLOW_LIMITS.slug}
					autoComplete="off"
					autoCapitalize="none"
					spellCheck={false}
					onChange={(event) => onChange(toAddress(event.target.value))}
				/>
			)}
		</Field>
	);
}

/** The name and the address of something, while both are typed: an address that was made of the name follows it, unless told otherwise. */
export function useNameAndAddress(kept: { name: string; slug: string }, follows = isSlugOf(kept)) {
	const [name, setName] = useState(kept.name);
	const [chosen, setChosen] = useState<string | null>(follows ? null : kept.slug);
	const made = name.trim() === kept.name ? kept.slug : slugify(name, kept.slug);
	const address = chosen ?? made;
	return { name, setName, address, setAddress: setChosen, slug: finishAddress(address) };
}

/** What is typed becomes an address as it is typed: `Nightly backup` is `nightly-backup`. */
function toAddress(typed: string): string {
	return typed
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-/, "");
}

function finishAddress(typed: string): string {
	return typed.replace(/-$/, "");
}
