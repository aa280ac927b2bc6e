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
	/** What its steps read of a team's credentials, by the name that they use. */
	credentials: { name: string; label: string; help: string }[];
	/** Whether the demo model answers a step. */
	asksForModel: boolean;
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
	const keys = Object.entries(credentials).map(([key, about]) => ({ name: key, ...about }));
	const asksForModel = hasDemoModel(plan);
	const all = [...needs, ...keys.map(toNeed), ...(asksForModel ? [MODEL] : [])];
	const page = { slug, name, description, version, happens, plan, yaml, sampleRun };
	return { ...page, needs: all, credentials: keys, asksForModel };
}

function toNeed({ label, help }: { label: string; help: string }): Need {
	return { kind: "credential", name: label, help, optional: true };
}
