"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { IconButton, type IconButtonProps } from "./icon-button";
import { MenuItem } from "./menu";
import { Tooltip } from "./tooltip";

interface Guarded {
	/** Why it cannot be pressed now, and what would help; undefined when it can be. */
	whyNot: ReactNode | undefined;
}

/**
 * A button that says why it cannot be pressed. It can be reached all the same, with the keyboard too, and tells the reason
 * when it is pointed at, focused or tapped: a disabled one is passed over and silent.
 */
export function GuardedButton({ whyNot, ...button }: ButtonProps & Guarded) {
	const { tip, control } = useReason();
	if (whyNot === undefined) return <Button {...button} />;
	return (
		<Tooltip label={whyNot} {...tip}>
			<Button {...button} {...control} type="button" disabled={false} />
		</Tooltip>
	);
}

export function GuardedIconButton({ whyNot, ...button }: IconButtonProps & Guarded) {
	const { tip, control } = useReason();
	if (whyNot === undefined) return <IconButton {...button} />;
	return <IconButton {...button} {...control} hint={whyNot} tip={tip} shortcut={undefined} disabled={false} />;
}

/** The menu stays open, so that the reason can be read. */
export function GuardedMenuItem({ whyNot, ...item }: ComponentProps<typeof MenuItem> & Guarded) {
	const { tip, control } = useReason();
	if (whyNot === undefined) return <MenuItem {...item} />;
	return (
		<Tooltip label={whyNot} side="left" {...tip}>
			<MenuItem {...item} {...control} disabled={false} onSelect={(event) => event.preventDefault()} />
		</Tooltip>
	);
}

/** A press opens the reason: Radix's tooltips close at a press, and open at none on a touch screen. */
function useReason() {
	const [open, setOpen] = useState(false);
	const explain = (event: { preventDefault: () => void }) => {
		event.preventDefault();
		setOpen(true);
	};
	return { tip: { open, onOpenChange: setOpen }, control: { "aria-disabled": true, onClick: explain } as const };
}
