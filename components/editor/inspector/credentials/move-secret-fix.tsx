"use client";

import { useState } from "react";
import type { Issue } from "@/server/plan/issue";
import { useEditor, useEditorStore } from "../../editor-store";
import { FixButton } from "./fix-button";
import { findLiteral, moveLiteral } from "./move-literal";
import { NewCredential } from "./new-credential";

/** Makes a credential of a text that looks like one, and writes a reference to it in its place. */
export function MoveSecretFix({ issue }: { issue: Issue }) {
	const store = useEditorStore();
	const [isMoving, setMoving] = useState(false);
	const secret = useEditor(({ plan }) => findLiteral(plan, issue)?.value);
	if (secret === undefined) return null;
	const move = ({ name }: { name: string }) =>
		store.getState().apply("Move to a credential", (plan) => moveLiteral(plan, issue, name));
	return (
		<>
			<FixButton onClick={() => setMoving(true)}>Move to a credential</FixButton>
			{isMoving && (
				<NewCredential types={["token"]} given={{ token: secret }} onSaved={move} onClose={() => setMoving(false)} />
			)}
		</>
	);
}
