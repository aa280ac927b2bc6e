"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CredentialDialog } from "@/components/credentials/credential-dialog";
import { useTRPC } from "@/components/trpc/client";
import type { Issue } from "@/server/plan/issue";
import { useEditor, useEditorStore } from "../../editor-store";
import { useInspector } from "../inspector-context";
import { findLiteral, moveLiteral } from "./move-literal";

/** Makes a credential of a text that looks like one, and writes a reference to it in its place. */
export function MoveSecretFix({ issue }: { issue: Issue }) {
	const { team, learnCredential } = useInspector();
	const store = useEditorStore();
	const trpc = useTRPC();
	const [isMoving, setMoving] = useState(false);
	const secret = useEditor(({ plan }) => findLiteral(plan, issue)?.value);
	const list = useQuery(trpc.credentials.list.queryOptions({ team }, { enabled: isMoving }));
	if (secret === undefined) return null;
	const move = ({ name, references }: { name: string; references: readonly string[] }) => {
		learnCredential(references);
		store.getState().apply("Move to a credential", (plan) => moveLiteral(plan, issue, name));
	};
	return (
		<>
			{" "}
			<button type="button" className="text-accent hover:underline phone:min-h-11" onClick={() => setMoving(true)}>
				Move to a credential
			</button>
			{isMoving && list.data && (
				<CredentialDialog
					team={team}
					types={["token"]}
					given={{ token: secret }}
					others={list.data.credentials}
					refusal={list.data.refusal}
					onSaved={move}
					onClose={() => setMoving(false)}
				/>
			)}
		</>
	);
}
