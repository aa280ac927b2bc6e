"use client";

import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { isForProvider } from "@/server/credentials/types/llm/definition";
import { catalog } from "@/server/nodes/catalog";
import { usualModel } from "@/server/nodes/model-fields";
import { optionLabel } from "../editor/inspector/fields/describe-fields";
import { ModelMenu } from "../editor/inspector/widgets/model-menu";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";

export const modelChoiceSchema = z.object({ provider: z.string(), model: z.string(), credential: z.string() });

/** Which model is asked outside of a run. */
export type ModelChosen = z.infer<typeof modelChoiceSchema>;

const { provider: providerSchema } = catalog.llm.config.shape;
/** An empty model is the usual one of the provider. */
export const DEFAULT_CHOICE: ModelChosen = { provider: providerSchema.parse(undefined), model: "", credential: "" };

/** As the server is asked: what is empty is left out. */
export function toAsked({ provider, model, credential }: ModelChosen) {
	return { provider, ...(model.trim() !== "" && { model }), ...(credential !== "" && { credential }) };
}

/** `demo`, or the model’s name. */
export function nameOfModel({ provider, model }: ModelChosen): string {
	return model.trim() || usualModel(provider) || provider;
}

const PROVIDERS = providerSchema.unwrap().options;
/** No credential is called so. */
const SERVER_KEY = " ";

interface ModelChoiceProps {
	choice: ModelChosen;
	onChange: (choice: ModelChosen) => void;
}

/** Provider, model and key. */
export function ModelChoice({ choice, onChange }: ModelChoiceProps) {
	return (
		<div className="grid grid-cols-2 gap-2.5">
			<Field label="Provider">
				{(control) => (
					<Select
						{...control}
						value={choice.provider}
						options={PROVIDERS.map((value) => ({ value, label: optionLabel(value) }))}
						onChange={(provider) => onChange({ provider, model: "", credential: "" })}
					/>
				)}
			</Field>
			{choice.provider !== "demo" && (
				<Field label="Model">
					{(control) => (
						<span className="relative block">
							<Input
								{...control}
								className="pr-8"
								value={choice.model}
								placeholder={usualModel(choice.provider)}
								maxLength={100}
								onChange={(event) => onChange({ ...choice, model: event.target.value })}
							/>
							<ModelMenu {...choice} onChange={(model) => onChange({ ...choice, model })} />
						</span>
					)}
				</Field>
			)}
			{choice.provider !== "demo" && (
				<KeyChoice {...choice} onChange={(credential) => onChange({ ...choice, credential })} />
			)}
		</div>
	);
}

interface KeyChoiceProps {
	provider: string;
	credential: string;
	onChange: (credential: string) => void;
}

function KeyChoice({ provider, credential, onChange }: KeyChoiceProps) {
	const { team } = useViewer();
	const whyNot = useWhyNot("credential:list");
	const list = useQuery(
		useTRPC().credentials.list.queryOptions({ team: team.slug }, { enabled: whyNot === undefined }),
	);
	const fitting = (list.data?.credentials ?? []).filter(
		(each) => each.type === "token" || (each.type === "llm" && isForProvider(each, provider)),
	);
	const isKnown = credential === "" || fitting.some(({ name }) => name === credential);
	return (
		<Field label="Key" className="col-span-full">
			{(control) => (
				<Select
					{...control}
					value={credential || SERVER_KEY}
					options={[
						{ value: SERVER_KEY, label: "The server’s" },
						...fitting.map(({ name }) => ({ value: name, label: name })),
						...(isKnown ? [] : [{ value: credential, label: credential }]),
					]}
					onChange={(chosen) => onChange(chosen === SERVER_KEY ? "" : chosen)}
				/>
			)}
		</Field>
	);
}
