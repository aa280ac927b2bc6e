"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { WidgetProps } from "../fields/field-props";
import { useInspector } from "../inspector-context";
import { ChoiceInput } from "./choice-input";

/** A workflow of the team, by its slug: chosen from those that are published, or typed. */
export function WorkflowWidget({ spec, value, onChange, control }: WidgetProps) {
	const { team, slug } = useInspector();
	const list = useQuery(useTRPC().workflows.list.queryOptions({ team, archived: false }));
	const text = typeof value === "string" ? value : "";
	const published = (list.data ?? []).filter(({ version }) => version !== null);
	const chosen = list.data?.find((workflow) => workflow.slug === text);
	return (
		<div className="grid gap-1">
			<ChoiceInput
				{...{ noun: "workflow", value: text, onChange, control }}
				placeholder={spec.placeholder}
				options={published.map(({ slug: value, name }) => ({ value, label: name }))}
			/>
			{list.data && text !== "" && <About text={text} own={slug} chosen={chosen} />}
		</div>
	);
}

function About({ text, own, chosen }: { text: string; own: string; chosen: Listed | undefined }) {
	if (!chosen)
		return <Said>{`No workflow “${text}” in this team now. The step fails unless there is one when it runs.`}</Said>;
	if (chosen.version === null)
		return <Said>{`“${chosen.name}” is not published yet. Publish it before this step runs.`}</Said>;
	if (text === own) return <Said>This workflow itself: make sure that a condition ends the chain of runs.</Said>;
	return <p className="text-12 text-ink-3">{chosen.name}</p>;
}

interface Listed {
	name: string;
	version: number | null;
}

function Said({ children }: { children: string }) {
	return <p className="text-12 text-retrying">{children}</p>;
}
