import type { ReactNode } from "react";
import { Button } from "../button";
import { cn } from "../class-names";
import { GuardedButton } from "../guarded";

interface SubmitButtonsProps {
	/** The id of the form that is sent. */
	form: string;
	busy: boolean;
	disabled?: boolean;
	intent?: "primary" | "danger";
	/** Why the viewer may not send it, if so. */
	whyNot?: ReactNode | undefined;
	/** On a phone they share the whole width. */
	wide?: boolean;
	onCancel: () => void;
	/** What stands on the button that sends the form. */
	children: ReactNode;
}

/** At the foot of a dialog around a form: leaving it, or sending it. */
export function SubmitButtons(props: SubmitButtonsProps) {
	const { form, busy, disabled, intent = "primary", whyNot, wide, onCancel, children } = props;
	return (
		<span className={cn("ml-auto flex gap-2", wide && "phone:w-full phone:[&>*]:flex-1")}>
			<Button intent="ghost" size="form" onClick={onCancel}>
				Cancel
			</Button>
			<GuardedButton
				intent={intent}
				size="form"
				type="submit"
				form={form}
				busy={busy}
				disabled={disabled}
				whyNot={whyNot}
			>
				{children}
			</GuardedButton>
		</span>
	);
}
