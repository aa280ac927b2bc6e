"use client";

import { Sparkles } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useAction } from "../actions/actions-context";

/** Words in the place of single steps. */
export function DescribeStepsButton() {
	const action = useAction("describe");
	if (!action) return null;
	return (
		<Button onClick={() => action.run()}>
			<Sparkles />
			Describe it
		</Button>
	);
}
