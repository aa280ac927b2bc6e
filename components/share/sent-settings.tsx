import type { Outputs } from "@/components/trpc/types";
import { SentValue } from "./sent-dialog";

interface SentSettingsProps {
	settings: Outputs["sharing"]["previewWorkflow"]["settings"];
}

/** The settings of a plan that a link sends: of its steps, its inputs, its triggers, its notes and its own. */
export function SentSettings({ settings }: SentSettingsProps) {
	return settings.map(({ title, value }, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: two parts may be named and set alike
		<SentValue key={index} title={title} value={value} />
	));
}
