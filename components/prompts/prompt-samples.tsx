"use client";

import { listVariables, type VariableProblem } from "@/server/plan/prompts/prompt-variables";
import type { PromptFile } from "@/server/plan/yaml/prompt-file";
import { Chip } from "../ui/chip";
import { cn } from "../ui/class-names";
import { Field } from "../ui/forms/field";
import { Input, Textarea } from "../ui/forms/input";
import { PanelSection } from "../ui/panel-section";
import { TakeSample } from "./take-sample";
import type { PromptWork } from "./use-prompt-work";

interface PromptSamplesProps {
	team: string;
	/** The prompt’s name. */
	prompt: string;
	work: PromptWork;
}

/** A value for each variable, for the preview and for tests. This browser keeps them. */
export function PromptSamples({ team, prompt, work }: PromptSamplesProps) {
	const count = work.file ? listVariables(work.file.variables).length : 0;
	return (
		<div className="max-h-[45%] flex-none overflow-y-auto phone:max-h-none">
			<PanelSection title="Variables" end={<Chip>{count}</Chip>}>
				<div className="grid gap-2 px-4 pt-1 pb-3">
					<VariableFields
						file={work.file}
						texts={work.texts}
						problems={work.wrongSamples}
						onChange={(name, text) => work.setSample(name, text)}
					/>
					{count > 0 && <TakeSample {...{ team, prompt }} onTake={work.takeValues} />}
				</div>
			</PanelSection>
		</div>
	);
}

interface VariableFieldsProps {
	file: PromptFile | undefined;
	texts: Readonly<Record<string, string>>;
	problems: readonly VariableProblem[];
	onChange: (name: string, text: string) => void;
}

/** A field for each variable of a prompt. */
export function VariableFields({ file, texts, problems, onChange }: VariableFieldsProps) {
	const variables = file ? listVariables(file.variables) : [];
	return (
		<div className="grid grid-cols-2 gap-x-3 gap-y-2 phone:grid-cols-1">
			{variables.map(({ name, type, isRequired, description, schema }) => {
				const isLong = type.startsWith("list") || type.startsWith("object") || type === "any";
				const error = problems.find((problem) => problem.name === name)?.message;
				const common = { value: texts[name] ?? "", spellCheck: false };
				return (
					<Field
						key={name}
						className={cn(isLong && "col-span-full")}
						label={
							<span className="font-mono text-ink">
								{name} <span className="text-11 text-(--code-keyword)">{type}</span>
							</span>
						}
						hint={isRequired ? "required" : schema.default === undefined ? "optional" : "has a default"}
						help={description}
						error={error}
					>
						{(control) =>
							isLong ? (
								<Textarea
									{...control}
									{...common}
									rows={Math.min(8, common.value.split("\n").length + 1)}
									className="font-mono text-11 leading-4"
									onChange={(event) => onChange(name, event.target.value)}
								/>
							) : (
								<Input {...control} {...common} onChange={(event) => onChange(name, event.target.value)} />
							)
						}
					</Field>
				);
			})}
			{variables.length === 0 && (
				<p className="col-span-full text-12 text-ink-3">
					{"No variables. Write {{name}} in the text, or declare them in the front matter."}
				</p>
			)}
		</div>
	);
}
