"use client";

import type { ComponentProps } from "react";
import type { Guarded } from "./guarded";
import { useReason } from "./hooks/use-reason";
import { MenuItem } from "./menu";
import { Tooltip } from "./tooltip";

/** The menu stays open, so that the reason can be read. */
export function GuardedMenuItem({ whyNot, ...item }: ComponentProps<typeof MenuItem> & Guarded) {
	const { tip, control } = useReason(whyNot);
	return (
		<Tooltip label={whyNot} side="left" {...tip}>
			<MenuItem
				{...item}
				{...control}
				{...(whyNot !== undefined && { onSelect: (event: Event) => event.preventDefault() })}
			/>
		</Tooltip>
	);
}
