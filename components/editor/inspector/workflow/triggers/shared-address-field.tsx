import { CheckedField } from "../../fields/checked-field";
import { wordsText } from "../../fields/field-text";

interface SharedAddressFieldProps {
	address: string | undefined;
	onWrite: (address: string | undefined) => boolean;
}

/** The name by which several triggers of a team have one address. */
export function SharedAddressField({ address, onWrite }: SharedAddressFieldProps) {
	return (
		<CheckedField
			label="Shared address"
			value={address}
			form={wordsText}
			placeholder="an address of its own"
			help="Triggers of the team with the same name here are started by one address, each by its own filters."
			onWrite={(value) => onWrite(typeof value === "string" ? value : undefined)}
			expected="Use lower-case letters, digits and _, starting with a letter."
		/>
	);
}
