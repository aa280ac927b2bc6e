"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { type Expectation, expectationSchema } from "@/server/plan/prompts/prompt-case";
import { checkVariables } from "@/server/plan/prompts/prompt-variables";
import { tryReadJson } from "@/server/plan/values/read-json";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input, Textarea } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { GuardedButton } from "../ui/guarded";
import { VariableFields } from "./prompt-samples";
import type { ShownCase } from "./use-prompt-cases";
import { type Prompt, type PromptWork, readValues, writeValues } from "./use-prompt-work";

interface CaseDialogProps {
	team: string;
	prompt: Prompt;
	work: PromptWork;
	/** The case that is changed; a new one begins with the sample data. */
	given: ShownCase | undefined;
	onClose: () => void;
}

const KINDS = [
	{ value: "contains", label: "contains a text" },
	{ value: "equals", label: "is this text" },
	{ value: "schema", label: "fits a JSON schema" },
	{ value: "any", label: "is there" },
] as const;

/** A test case: a name, values for the variables, and what is expected of the answer. */
export function CaseDialog({ team, prompt, work, given, onClose }: CaseDialogProps) {
	const formId = useId();
	const whyNot = useWhyNot("prompt:edit");
	const [name, setName] = useState(given?.name ?? "");
	const [texts, setTexts] = useState(() => (given ? writeValues(work.file, given.variables) : work.texts));
	const [kind, setKind] = useState<string>(given?.expectation.kind ?? "contains");
	const [wanted, setWanted] = useState(() => textOf(given?.expectation));
	const { save, remove } = useCaseChanges(onClose);
	const values = readValues(work.file, texts);
	const problems = work.file ? checkVariables(work.file.variables, values) : [];
	const read = readExpectation(kind, wanted);
	const isReady = name.trim() !== "" && problems.length === 0 && read.expectation !== undefined;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot !== undefined || !isReady || !read.expectation) return;
		const { expectation } = read;
		save.mutate({ team, prompt: prompt.name, id: given?.id, name: name.trim(), variables: values, expectation });
	};
	const error = save.error ?? remove.error;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={given ? given.name : "Add a test case"}
			description="It is kept with the prompt and tried with every text that is to be saved."
			className="w-[600px]"
			foot={
				<>
					{given && (
						<GuardedButton
							size="form"
							intent="danger"
							whyNot={whyNot}
							busy={remove.isPending}
							onClick={() => remove.mutate({ team, prompt: prompt.name, id: given.id })}
						>
							<Trash2 />
							Delete case
						</GuardedButton>
					)}
					<SubmitButtons form={formId} busy={save.isPending} disabled={!isReady} whyNot={whyNot} onCancel={onClose}>
						Save case
					</SubmitButtons>
				</>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Field label="Name">
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={120}
							placeholder="Says when the cause is not known"
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<VariableFields
					file={work.file}
					{...{ texts, problems }}
					onChange={(variable, text) => setTexts({ ...texts, [variable]: text })}
				/>
				<Field label="The answer">
					{(control) => <Select {...control} value={kind} options={KINDS} onChange={setKind} />}
				</Field>
				{kind !== "any" && (
					<Field
						label={kind === "schema" ? "JSON schema" : "Text"}
						error={wanted.trim() === "" ? undefined : read.problem}
					>
						{(control) => (
							<Textarea
								{...control}
								value={wanted}
								rows={kind === "contains" ? 2 : 6}
								spellCheck={false}
								placeholder={kind === "schema" ? '{ "type": "object", "required": ["title"] }' : undefined}
								className={kind === "schema" ? "font-mono text-12 leading-5" : undefined}
								onChange={(event) => setWanted(event.target.value)}
							/>
						)}
					</Field>
				)}
				{given?.now && given.now.answer !== "" && (
					<section
						aria-label="Last answer"
						className="max-h-40 overflow-y-auto whitespace-pre-wrap break-words rounded-2 border border-line bg-sunken px-3 py-2 text-12"
					>
						{given.now.answer}
					</section>
				)}
				{error && <FieldError>{errorText(error)}</FieldError>}
			</form>
		</Dialog>
	);
}

function useCaseChanges(onDone: () => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const changed = {
		meta: { ownError: true },
		onSuccess: async () => {
			await queries.invalidateQueries(trpc.prompts.cases.pathFilter());
			onDone();
		},
	};
	return {
		save: useMutation(trpc.prompts.saveCase.mutationOptions(changed)),
		remove: useMutation(trpc.prompts.removeCase.mutationOptions(changed)),
	};
}

function textOf(expectation: Expectation | undefined): string {
	if (!expectation || expectation.kind === "any") return "";
	return expectation.kind === "schema" ? JSON.stringify(expectation.schema, null, 2) : expectation.text;
}

function readExpectation(kind: string, wanted: string): { expectation?: Expectation; problem?: string } {
	const schema = kind === "schema" ? tryReadJson(wanted) : undefined;
	if (kind === "schema" && schema === undefined) return { problem: "This is no JSON." };
	const given = kind === "any" ? { kind } : kind === "schema" ? { kind, schema } : { kind, text: wanted };
	const { data, error } = expectationSchema.safeParse(given);
	return data ? { expectation: data } : { problem: error.issues[0]?.message ?? "This cannot be read." };
}
