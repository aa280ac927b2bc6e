import type { NodeId } from "@/server/plan/plan";
import type { TeamRunScreen } from "../use-run-screen";

/** The address of the run's workflow in the editor, with one of its steps open when it is named. */
export function editorOf({ team, run }: Pick<TeamRunScreen, "team" | "run">, step?: NodeId): string {
	const page = `/${team}/workflows/${run.workflow.slug}`;
	return step === undefined ? page : `${page}?step=${encodeURIComponent(step)}`;
}
