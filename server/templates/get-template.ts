import type { Plan } from "@/server/plan/plan";
import { hasDemoModel } from "./fill-template";
import type { SampleRun } from "./sample-run";
import { readShippedTemplates } from "./shipped-templates";
import type { TemplateNeed } from "./template-file";

/** Something that a template works with; `credential` and `model` are read from its plan. */
interface Need extends Omit<TemplateNeed, "kind"> {
	kind: TemplateNeed["kind"] | "credential" | "model";
}

/** A template as its page shows it. */
export interface TemplatePage {
	slug: string;
	name: string;
	description: string;
	version: number;
	happens: readonly string[];
	needs: Need[];
	plan: Plan;
	yaml: string;
	sampleRun: SampleRun | null;
}

const MODEL: Need = {
	kind: "model",
	name: "A language model",
	help: "The built-in demo answers until you choose Claude",
	optional: true,
};

/** Null when there is no such template. */
export async function getTemplate(slug: string): Promise<TemplatePage | null> {
	const shipped = (await readShippedTemplates()).get(slug);
	if (!shipped) return null;
	const { name, description, version, happens, needs, credentials, plan, yaml, sampleRun } = shipped;
	const keys = Object.values(credentials).map(
		({ label, help }): Need => ({ kind: "credential", name: label, help, optional: true }),
	);
	const all = [...needs, ...keys, ...(hasDemoModel(plan) ? [MODEL] : [])];
	return { slug, name, description, version, happens, needs: all, plan, yaml, sampleRun };
}
