"use client";

import { useState } from "react";
import { useInspector } from "../inspector-context";
import { FixButton } from "./fix-button";
import { NewCredential } from "./new-credential";

/** Adds the credential that a step reads and the team does not have. */
export function AddMissingFix({ name }: { name: string }) {
	const { credentials } = useInspector();
	const [isAdding, setAdding] = useState(false);
	// Whoever may not know the credentials adds none.
	if (credentials === undefined) return null;
	return (
		<>
			<FixButton onClick={() => setAdding(true)}>Add {name}</FixButton>
			{isAdding && <NewCredential givenName={name} onSaved={() => {}} onClose={() => setAdding(false)} />}
		</>
	);
}
