"use client";

import { useQuery } from "@tanstack/react-query";
import { Square } from "lucide-react";
import { isForProvider } from "@/server/credentials/types/llm/definition";
import { catalog } from "@/server/nodes/catalog";
import { usualModel } from "@/server/nodes/model-fields";
import { optionLabel } from "../editor/inspector/fields/describe-fields";
import { ModelMenu } from "../editor/inspector/widgets/model-menu";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { Button } from "../ui/button";
import { formatCost, formatCount } from "../ui/format/format-number";
import { formatDuration } from "../ui/format/format-time";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { Select } from "../ui/forms/select";
import { PanelSection } from "../ui/panel-section";
import type { PromptTesting, TestState } from "./use-prompt-test";

const PROVIDERS = catalog.llm.config.shape.provider.unwrap().options;
/** No credential is called so. */
const SERVER_KEY = " ";

/** Which model is asked, and what it answers. */
export function PromptTest({ test }: { test: PromptTesting }) {
	const { state, choice, setChoice } = test;
	return (
		<PanelSection title="Test run" end={<TestStatus state={state} />}>
			<div className="grid gap-2.5 px-4 pt-1 pb-3">
				<div className="grid grid-cols-2 gap-2.5">
					<Field label="Provider">
						{(control) => (
							<Select
								{...control}
								value={choice.provider}
								options={PROVIDERS.map((value) => ({ value, label: optionLabel(value) }))}
								onChange={(provider) => setChoice({ provider, model: "", credential: "" })}
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
										onChange={(event) => setChoice({ ...choice, model: event.target.value })}
									/>
									<ModelMenu {...choice} onChange={(model) => setChoice({ ...choice, model })} />
								</span>
							)}
						</Field>
					)}
					{choice.provider !== "demo" && (
						<KeyChoice {...choice} onChange={(credential) => setChoice({ ...choice, credential })} />
					)}
				</div>
				<Answer test={test} />
			</div>
		</PanelSection>
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
	return (
		<Field label="Key" className="col-span-full">
			{(control) => (
				<Select
					{...control}
					value={credential || SERVER_KEY}
					options={[
						{ value: SERVER_KEY, label: "The server’s" },
						...fitting.map(({ name }) => ({ value: name, label: name })),
					]}
					onChange={(chosen) => onChange(chosen === SERVER_KEY ? "" : chosen)}
				/>
			)}
		</Field>
	);
}

function TestStatus({ state }: { state: TestState }) {
	if (state.status === "none") return null;
	if (state.status === "running") return <span role="status">Running…</span>;
	return <span role="status">{state.status === "done" ? `Completed, ${formatDuration(state.ms)}` : "Failed"}</span>;
}

function Answer({ test: { state, stop } }: { test: PromptTesting }) {
	if (state.status === "none")
		return <p className="text-12 text-ink-3">Press “Test run” to ask the model with the sample data.</p>;
	return (
		<>
			{state.text !== "" && (
				<section
					aria-label="Answer"
					className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words rounded-2 border border-line bg-sunken px-3 py-2 text-12 leading-[18px]"
				>
					{state.text}
				</section>
			)}
			{state.status === "running" && (
				<Button className="justify-self-start" onClick={stop}>
					<Square />
					Stop
				</Button>
			)}
			{state.status === "failed" && (
				<p role="alert" className="text-12 text-failed">
					{state.message}
				</p>
			)}
			{state.status === "done" && (
				<p className="flex flex-wrap gap-x-3 text-12 text-ink-2 tabular-nums">
					<span>{state.usage.model}</span>
					<span>{`${formatCount(state.usage.inputTokens)} in, ${formatCount(state.usage.outputTokens)} out`}</span>
					<span>{formatCost(state.usage.costUsd)}</span>
				</p>
			)}
		</>
	);
}
