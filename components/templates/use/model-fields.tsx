"use client";

import { PROVIDER_NAMES } from "@/server/llm/provider-names";
import { usualModel } from "@/server/nodes/model-fields";
import { ModelMenu } from "../../editor/inspector/widgets/model-menu";
import { Field } from "../../ui/forms/field";
import { Input } from "../../ui/forms/input";
import { Segmented } from "../../ui/forms/segmented";
import type { ModelChoice } from "./use-template-data";

const TITLES = { demo: "Demo, no key", anthropic: "Claude", openai: "OpenAI and alike", gemini: "Gemini" };
const PROVIDERS = (["demo", ...PROVIDER_NAMES] as const).map((value) => ({ value, label: TITLES[value] }));

interface ModelFieldsProps {
	choice: ModelChoice;
	onChange: (choice: ModelChoice) => void;
}

/** Who answers the prompts of the template. */
export function ModelFields({ choice: { provider, model }, onChange }: ModelFieldsProps) {
	return (
		<>
			<div className="max-w-full overflow-x-auto">
				<Segmented
					aria-label="Language model"
					value={provider}
					options={PROVIDERS}
					onChange={(chosen) => onChange({ provider: chosen, model: "" })}
				/>
			</div>
			{provider !== "demo" && (
				<Field
					label="Model"
					help="Empty: the usual one of the provider. The server’s key pays, unless you choose a credential in the steps."
				>
					{(control) => (
						<span className="relative block">
							<Input
								{...control}
								className="pr-8"
								maxLength={100}
								value={model}
								placeholder={usualModel(provider)}
								onChange={({ target: { value } }) => onChange({ provider, model: value })}
							/>
							<ModelMenu
								provider={provider}
								model={model}
								onChange={(chosen) => onChange({ provider, model: chosen })}
							/>
						</span>
					)}
				</Field>
			)}
		</>
	);
}
