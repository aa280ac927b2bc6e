"use client";

import { type FormEvent, type ReactNode, useId } from "react";
import { Dialog } from "../dialog";
import { AddressField, type useNameAndAddress } from "./address-field";
import { Field, FieldError } from "./field";
import { Input } from "./input";
import { SubmitButtons } from "./submit-buttons";

interface RenameFormProps {
	title: string;
	named: ReturnType<typeof useNameAndAddress>;
	maxLength: number;
	/** The address that is kept now, and what stands before it. */
	kept: string;
	base: string;
	busy: boolean;
	error: string | undefined;
	/** Why the viewer may not save it, if so. */
	whyNot?: ReactNode;
	onSubmit: () => void;
	onClose: () => void;
	/** Fields between the name and the address. */
	children?: ReactNode;
}

/** Asks how something is called, and under which address it is found. */
export function RenameForm(props: RenameFormProps) {
	const { title, named, maxLength, kept, base, busy, error, whyNot, onSubmit, onClose, children } = props;
	const { name, setName, address, setAddress, slug } = named;
	const formId = useId();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot === undefined) onSubmit();
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={title}
			foot={
				<SubmitButtons
					form={formId}
					busy={busy}
					disabled={name.trim() === "" || slug === ""}
					wide
					whyNot={whyNot}
					onCancel={onClose}
				>
					Save
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Field label="Name">
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={maxLength}
							autoComplete="off"
							onFocus={(event) => event.currentTarget.select()}
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				{children}
				<AddressField value={address} kept={kept} base={base} onChange={setAddress} />
				{error && <FieldError>{error}</FieldError>}
			</form>
		</Dialog>
	);
}
