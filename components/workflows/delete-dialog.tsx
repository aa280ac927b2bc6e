"use client";

import { useWhyNot } from "../shell/why-not";
import { errorText, httpStatus } from "../trpc/error-text";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { FieldError } from "../ui/forms/field";
import { useWorkflowActions, type WorkflowActionsOptions } from "./use-workflow-actions";

interface DeleteDialogProps extends WorkflowActionsOptions {
	/** What is known of it; the server knows better. */
	hasRuns: boolean;
	onClose: () => void;
}

/** Asks before a workflow is deleted. One that has runs is kept, so that no run is lost: then archiving is offered. */
export function DeleteDialog({ hasRuns, onClose, ...options }: DeleteDialogProps) {
	const { name } = options;
	const actions = useWorkflowActions(options);
	const { removeError } = actions;
	const whyNotArchive = useWhyNot("workflow:edit");
	const whyNotRemove = useWhyNot("workflow:remove");
	const frame = { open: true, onOpenChange: (open: boolean) => open || onClose() };
	if (hasRuns || httpStatus(removeError) === 409) {
		return (
			<ConfirmDialog
				{...frame}
				title={`${name} has runs, so it cannot be deleted`}
				action="Archive workflow"
				busy={actions.archiving}
				whyNot={whyNotArchive}
				onConfirm={actions.archive}
			>
				Archive it instead: it leaves the list and cannot run, its runs and versions stay, and it can be put back.
			</ConfirmDialog>
		);
	}
	return (
		<ConfirmDialog
			{...frame}
			title={`Delete ${name}?`}
			action="Delete workflow"
			danger
			busy={actions.removing}
			whyNot={whyNotRemove}
			onConfirm={actions.remove}
		>
			Its draft and its versions are deleted for good. This cannot be undone.
			{removeError && <FieldError>{errorText(removeError)}</FieldError>}
		</ConfirmDialog>
	);
}
