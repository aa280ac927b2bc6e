"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ALERT_LIMITS } from "@/server/triggers/alertmanager/settings/alertmanager-config";
import { CheckedField } from "../../fields/checked-field";
import { wordsText } from "../../fields/field-text";

interface AlertMatchersProps {
	matchers: readonly string[];
	problems: readonly { field: string; message: string }[];
	/** Writes them; false when the plan cannot hold them. */
	onWrite: (matchers: string[]) => boolean;
}

/** What alerts must be like, each as Alertmanager writes it. */
export function AlertMatchers({ matchers, problems, onWrite }: AlertMatchersProps) {
	const rows = matchers.length === 0 ? [undefined] : matchers;
	return (
		<div className="grid gap-2">
			{rows.map((matcher, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a matcher has nothing but its place.
				<div key={index} className="flex items-end gap-1">
					<CheckedField
						label={index === 0 ? "Only alerts with" : `And with, ${index + 1}`}
						value={matcher}
						form={wordsText}
						placeholder={'severity="critical"'}
						className="min-w-0 flex-1"
						issues={problems
							.filter(({ field }) => field === `matchers.${index}`)
							.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message }))}
						{...(index === rows.length - 1 && {
							help: "=, !=, =~ or !~. All must hold; without one every alert starts a run.",
						})}
						onWrite={(value) =>
							onWrite(
								typeof value === "string"
									? rows.map((each, at) => (at === index ? value : (each ?? "")))
									: matchers.filter((_, at) => at !== index),
							)
						}
						expected="Write a matcher of 2,000 characters at most."
					/>
					{matchers.length > 1 && (
						<IconButton
							label={`Remove matcher ${index + 1}`}
							onClick={() => onWrite(matchers.filter((_, at) => at !== index))}
						>
							<X />
						</IconButton>
					)}
				</div>
			))}
			{matchers.length > 0 && matchers.length < ALERT_LIMITS.matchers && (
				<Button className="justify-self-start" onClick={() => onWrite([...matchers, 'alertname="…"'])}>
					<Plus />
					Another matcher
				</Button>
			)}
		</div>
	);
}
