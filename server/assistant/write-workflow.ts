import type { Plan } from "@/server/plan/plan";
import { stringifyWorkflow } from "@/server/plan/yaml/plan-yaml";

/** A plan as models read it: its file, without where steps stand on the canvas, and marked as what it is. */
export function writeWorkflow(plan: Plan, { name, description = "" }: { name: string; description?: string }): string {
	const nodes = plan.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } }));
	const file = stringifyWorkflow({ name, description, plan: { ...plan, notes: [], nodes } });
	return `<workflow>\n${file.replaceAll("</workflow>", "")}</workflow>`;
}
