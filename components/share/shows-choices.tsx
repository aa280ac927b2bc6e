import { Check } from "lucide-react";
import { useId } from "react";
import { Switch } from "@/components/ui/forms/toggles";
import type { LinkDraft } from "./link-terms";

const CHOICES = [
	{
		key: "settings",
		label: "Settings of the steps",
		help: "Commands, prompts and addresses. Needed to clone the workflow.",
	},
	{
		key: "inputs",
		label: "Inputs",
		help: "What the run was started with. While this is off, these values are redacted everywhere.",
	},
	{ key: "outputs", label: "Outputs and errors", help: "Values that look private are redacted." },
	{ key: "logs", label: "Logs", help: "Values that look private are redacted, line by line." },
] as const;

interface ShowsChoicesProps {
	shows: LinkDraft["shows"];
	onChange: (shows: LinkDraft["shows"]) => void;
}

/** How much of a run somebody outside of the team is shown. */
export function ShowsChoices({ shows, onChange }: ShowsChoicesProps) {
	return (
		<section aria-label="What it shows">
			<h3 className="font-medium text-12 text-ink-2">What it shows</h3>
			<div className="flex min-h-11 items-center gap-3 py-1.5">
				<span className="min-w-0 flex-1">
					<span className="block font-medium">Canvas, states and timeline</span>
					<span className="block text-12 text-ink-3">Always shown</span>
				</span>
				<Check aria-hidden="true" className="size-4 text-ink-3" />
			</div>
			{CHOICES.map(({ key, label, help }) => (
				<Choice
					key={key}
					label={label}
					help={help}
					checked={shows[key]}
					onChange={(checked) => onChange({ ...shows, [key]: checked })}
				/>
			))}
		</section>
	);
}

interface ChoiceProps {
	label: string;
	help: string;
	checked: boolean;
	onChange: (checked: boolean) => void;
}

/** One thing that is shown or not. */
export function Choice({ label, help, checked, onChange }: ChoiceProps) {
	const id = useId();
	return (
		<div className="flex min-h-[52px] items-center gap-3 border-line-soft border-t py-1.5">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium">{label}</span>
				<span id={`${id}-help`} className="block text-12 text-ink-3">
					{help}
				</span>
			</label>
			<Switch id={id} aria-describedby={`${id}-help`} checked={checked} onCheckedChange={onChange} />
		</div>
	);
}
