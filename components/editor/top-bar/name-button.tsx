"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { IconButton } from "@/components/ui/icon-button";

/** Beside the workflow's name: opens the menu of what is done with the whole of it. */
export function NameButton({ name, ...rest }: ComponentProps<"button"> & { name: string }) {
	return (
		<IconButton {...rest} label={`More about ${name}`} size="panel">
			<ChevronDown />
		</IconButton>
	);
}
