"use client";

import { listVariables } from "@/server/plan/prompts/prompt-variables";
import { Chip } from "../ui/chip";
import { cn } from "../ui/class-names";
import { Field } from "../ui/forms/field";
import { Input, Textarea } from "../ui/forms/input";
import { PanelSection } from "../ui/panel-section";
import type { PromptWork } from "./use-prompt-work";

/** A value for each variable, for the preview and for tests. This browser keeps them. */
export function PromptSamples({ work }: { work: PromptWork }) {
	const variables = work.file ? listVariables(work.file.variables) : [];
	return (
		<div className="max-h-[45%] flex-none overflow-y-auto phone:max-h-none">
			<PanelSection title="Variables" end={<Chip>{variables.length}</Chip>}>
				<div className="grid grid-cols-2 gap-x-3 gap-y-2 px-4 pt-1 pb-3 phone:grid-cols-1">
					{variables.map(({ name, type, isRequired, description, schema }) => {
						const isLong = type.startsWith("list") || type.startsWith("object") || type === "any";
						const error = work.wrongSamples.find((problem) => problem.name === name)?.message;
						const common = { value: work.texts[name] ?? "", spellCheck: false };
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
											onChange={(event) => work.setSample(name, event.target.value)}
										/>
									) : (
										<Input {...control} {...common} onChange={(event) => work.setSample(name, event.target.value)} />
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
			</PanelSection>
		</div>
	);
}
