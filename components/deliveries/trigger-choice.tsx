"use client";

import { useQuery } from "@tanstack/react-query";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { Select } from "../ui/forms/select";

/** A trigger by its workflow and its id in the plan. */
export interface TriggerName {
	slug: string;
	key: string;
}

interface TriggerChoiceProps {
	value: TriggerName | undefined;
	onChange: (trigger: TriggerName | undefined) => void;
}

const ALL = "all";

/** Which trigger's deliveries are shown. */
export function TriggerChoice({ value, onChange }: TriggerChoiceProps) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const { data = [] } = useQuery(trpc.triggers.list.queryOptions({ team: team.slug }));
	const known = data.map(({ key, workflow }) => ({ slug: workflow.slug, key, label: `${workflow.name}: ${key}` }));
	const missing =
		value && !known.some((each) => nameOf(each) === nameOf(value)) ? [{ ...value, label: nameOf(value) }] : [];
	const options = [...known, ...missing];
	return (
		<Select
			aria-label="Trigger"
			size="bar"
			className="w-56 phone:w-0 phone:min-w-2/5 phone:flex-1"
			value={value ? nameOf(value) : ALL}
			options={[
				{ value: ALL, label: "All triggers" },
				...options.map((each) => ({ value: nameOf(each), label: each.label })),
			]}
			onChange={(chosen) => {
				const found = options.find((each) => nameOf(each) === chosen);
				onChange(found && { slug: found.slug, key: found.key });
			}}
		/>
	);
}

function nameOf({ slug, key }: TriggerName): string {
	return `${slug}/${key}`;
}
