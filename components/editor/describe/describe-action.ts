import { Sparkles } from "lucide-react";
import { type Action, ON_WORKFLOW } from "../actions/action";

/** Words to steps: opens the panel for them. */
export function describeAction(open: () => void): Action {
	return { ...ON_WORKFLOW, id: "describe", title: "Describe a workflow", Icon: Sparkles, keys: "mod+i", run: open };
}
