import type { ReactNode } from "react";
import { Button } from "../button";
import { cn } from "../class-names";

interface SubmitButtonsProps {
	/** The id of the form that is sent. */
	form: string;
	busy: boolean;
	disabled?: boolean;
	/** On a phone they share the whole width. */
	wide?: boolean;
	onCancel: () => void;
	/** What stands on the button that sends the form. */
	children: ReactNode;
}

/** At the foot of a dialog around a form: leaving it, or sending it. */
export function SubmitButtons({ form, busy, disabled, wide, onCancel, children }: SubmitButtonsProps) {
	return (
		<span className={cn("ml-auto flex gap-2", wide && "phone:w-full phone:[&>*]:flex-1")}>
			<Button intent="ghost" size="form" onClick={onCancel}>
				Cancel
			</Button>
			<Button intent="primary" size="form" type="submit" form={form} busy={busy} disabled={disabled}>
				{children}
			</Button>
		</span>
	);
}
