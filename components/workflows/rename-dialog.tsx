"use client";

import { useState } from "react";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import { useWhyNot } from "../shell/why-not";
import { errorText } from "../trpc/error-text";
import { useNameAndAddress } from "../ui/forms/address-field";
import { Field } from "../ui/forms/field";
import { Textarea } from "../ui/forms/input";
import { RenameForm } from "../ui/forms/rename-form";
import { useRename } from "./use-rename";

interface RenameDialogProps {
	team: string;
	workflow: { slug: string; name: string; description: string };
	onClose: () => void;
}

/** Asks how a workflow is called, what it is for, and under which address. Links with the old address keep working. */
export function RenameDialog({ team, workflow, onClose }: RenameDialogProps) {
	const named = useNameAndAddress(workflow);
	const [description, setDescription] = useState(workflow.description);
	const whyNot = useWhyNot("workflow:edit");
	const rename = useRename({ onDone: onClose, ownError: true });
	const { name, slug: newSlug } = named;
	return (
		<RenameForm
			title="Name, description and address"
			named={named}
			maxLength={WORKFLOW_LIMITS.name}
			kept={workflow.slug}
			base={`…/${team}/workflows/`}
			busy={rename.isPending}
			error={rename.error ? errorText(rename.error) : undefined}
			whyNot={whyNot}
			onSubmit={() => rename.mutate({ team, slug: workflow.slug, name, description, newSlug })}
			onClose={onClose}
		>
			<Field label="Description" hint="optional" help="Shown under the name in the list.">
				{(control) => (
					<Textarea
						{...control}
						value={description}
						rows={2}
						maxLength={WORKFLOW_LIMITS.description}
						onChange={(event) => setDescription(event.target.value)}
					/>
				)}
			</Field>
		</RenameForm>
	);
}
