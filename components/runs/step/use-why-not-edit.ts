"use client";

import type { ReactNode } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import type { RunFactsData } from "../use-run-screen";

/** Why the viewer may not change the workflow of a run; undefined when they may. */
export function useWhyNotEdit({ workflow }: Pick<RunFactsData, "workflow">): ReactNode | undefined {
	const whyNot = useWhyNot("workflow:edit");
	return (
		whyNot ?? (workflow.isArchived ? "The workflow is archived. Put it back from the list to change it." : undefined)
	);
}
