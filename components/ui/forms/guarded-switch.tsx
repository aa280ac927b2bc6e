"use client";

import type { ComponentProps } from "react";
import type { Guarded } from "../guarded";
import { useReason } from "../hooks/use-reason";
import { Tooltip } from "../tooltip";
import { Switch } from "./toggles";

/** It stays as it is when it is pressed. */
export function GuardedSwitch({ whyNot, ...toggle }: ComponentProps<typeof Switch> & Guarded) {
	const { tip, control } = useReason(whyNot);
	return (
		<Tooltip label={whyNot} {...tip}>
			<Switch {...toggle} {...control} {...(whyNot !== undefined && { onCheckedChange: undefined })} />
		</Tooltip>
	);
}
