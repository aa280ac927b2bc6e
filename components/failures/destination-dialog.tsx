"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Select } from "../ui/forms/select";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { showDone } from "../ui/toasts/toaster";
import { DestinationFields, missingField } from "./destination-fields";
import type { Destination, FailurePlace } from "./failure-place";

const INBOX = "inbox";

interface DestinationDialogProps {
	place: FailurePlace;
	/** The kinds of destinations, and what their fields offer. */
	offered: Outputs["failures"]["list"];
	/** The destination whose settings are changed; a new one when left out. */
	changed?: Destination;
	/** Why the viewer may not save it, if so. */
	whyNot: ReactNode | undefined;
	onClose: () => void;
}

/** Adds a destination, or changes one. */
export function DestinationDialog({ place, offered, changed, whyNot, onClose }: DestinationDialogProps) {
	const [type, setType] = useState(changed?.type ?? INBOX);
	const [fields, setFields] = useState<Readonly<Record<string, string>>>(changed?.fields ?? {});
	const [isChecked, setChecked] = useState(false);
	const formId = useId();
	const saving = useSetDestination(place, onClose);
	const kind = offered.kinds.find((each) => each.type === type);
	const missing = missingField(kind, fields);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		// In the editor the dialog stands inside another form.
		event.stopPropagation();
		setChecked(true);
		if (missing === undefined && whyNot === undefined)
			saving.mutate({ ...place, type, fields, ...(changed && { id: changed.id }) });
	};
	const choose = (chosen: string) => {
		setType(chosen);
		setFields({});
		setChecked(false);
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={changed ? `Change ${changed.name}` : "Add a destination"}
			description="It is told when a workflow begins to fail, and when it works again; not of each failed run."
			foot={
				<SubmitButtons form={formId} busy={saving.isPending} whyNot={whyNot} onCancel={onClose}>
					{changed ? "Save" : "Add"}
				</SubmitButtons>
			}
		>
			<form id={formId} noValidate onSubmit={submit} className="grid gap-3">
				{!changed && (
					<Field label="Tell">
						{(control) => <Select {...control} value={type} options={kindOptions(offered)} onChange={choose} />}
					</Field>
				)}
				<DestinationFields
					team={place.team}
					kind={kind}
					offered={offered}
					fields={fields}
					missing={isChecked ? missing : undefined}
					onChange={setFields}
				/>
				{saving.error && <FieldError>{errorText(saving.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

function kindOptions({ kinds }: DestinationDialogProps["offered"]) {
	const members = { value: INBOX, label: "Members, in their inbox" };
	return [members, ...kinds.map(({ type, name }) => ({ value: type, label: name }))];
}

function useSetDestination({ team }: FailurePlace, onSaved: () => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.failures.set.mutationOptions(),
		meta: { ownError: true },
		onSuccess: async () => {
			await queries.invalidateQueries(trpc.failures.list.queryFilter({ team }));
			showDone("The destination is saved", "Send a test to see whether it arrives.");
			onSaved();
		},
	});
}
