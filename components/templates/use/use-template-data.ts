import type { ProviderName } from "@/server/llm/provider-names";
import type { FormField } from "@/server/plan/form-field";

/** What a template asks for before it becomes a workflow. */
export interface TemplateQuestions {
	slug: string;
	name: string;
	inputs: readonly FormField[];
	credentials: readonly CredentialQuestion[];
	/** Whether a step is answered by the demo model. */
	asksForModel: boolean;
}

export interface CredentialQuestion {
	/** As the template's steps call it. */
	name: string;
	label: string;
	help: string;
}

/** For each credential of the template the team's one; null for later. */
export type CredentialChoices = Readonly<Record<string, string | null>>;
/** Who answers the prompts; an empty model is the usual one of the provider. */
export interface ModelChoice {
	provider: "demo" | ProviderName;
	model: string;
}
