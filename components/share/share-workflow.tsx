import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import type { ShareWorkflowDialog } from "./share-workflow-dialog";

type ShareWorkflowProps = Parameters<typeof ShareWorkflowDialog>[0];

const dialog: LargePart<ShareWorkflowProps> = {
	load: () => import("./share-workflow-dialog").then((module) => module.ShareWorkflowDialog),
	name: "The dialog",
};

/** The dialog that shares a workflow, which is loaded once it is wanted. */
export function ShareWorkflow(props: ShareWorkflowProps) {
	return <LazyPart part={dialog} props={props} />;
}
