"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { MultiSelect } from "@/components/ui/forms/toggles";
import { PanelSection } from "@/components/ui/panel-section";
import { explainPlanFields } from "@/server/plan/edits/set-plan-fields";
import type { Issue } from "@/server/plan/issue";
import { GITHUB_EVENTS, type GithubConfig } from "@/server/triggers/github/settings/github-config";
import { GITLAB_EVENTS, type GitlabConfig } from "@/server/triggers/gitlab/settings/gitlab-config";
import { checkRepository } from "@/server/triggers/hooks/settings/check-repository";
import { useEditor } from "../../../editor-store";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText, wordsText } from "../../fields/field-text";
import { DeliveryLog } from "./delivery-log";
import { GithubRedeliver } from "./github-redeliver";
import { PassedValues } from "./passed-values";
import { RepositoryFilters } from "./repository-filters";
import { SecretField } from "./secret-field";
import { SharedAddressField } from "./shared-address-field";
import { TestEvent } from "./test-event";
import { TimeMachine } from "./time-machine";
import { TriggerAddress } from "./trigger-address";

type Config = GithubConfig | GitlabConfig;

interface RepositoryFormProps {
	trigger: Config;
	onChange: (trigger: Config) => void;
}

const READS = [
	"trigger.event",
	"trigger.action",
	"trigger.repository",
	"trigger.branch",
	"trigger.sender",
	"trigger.body",
];

/** A workflow that what happens in a repository starts. */
export function RepositoryForm({ trigger, onChange }: RepositoryFormProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const problems = checkRepository(trigger, inputs);
	const issuesOf = (field: string): Issue[] =>
		problems
			.filter((each) => each.field === field)
			.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message }));
	const write = (next: Config) => {
		if (explainPlanFields({ triggers: [next] }).length > 0) return false;
		onChange(next);
		return true;
	};
	const set = (changes: Partial<Omit<GithubConfig, "type" | "events" | "redeliver">>) =>
		write(change(trigger, changes));
	return (
		<>
			<TriggerAddress trigger={trigger} />
			<TestEvent id={trigger.id} />
			<div className="grid gap-3 border-line border-t px-4 py-4">
				<Events trigger={trigger} write={write} />
				<Signature trigger={trigger} write={write} issuesOf={issuesOf} />
				<RepositoryFilters settings={trigger} onWrite={set} />
				<CheckedField
					label="Only when"
					value={trigger.filter}
					form={wordsText}
					issues={issuesOf("filter")}
					placeholder="trigger.body.commits.size() > 0"
					help="In CEL, once everything above has let it through."
					onWrite={(filter) => set({ filter: typeof filter === "string" ? filter : undefined })}
					expected="An expression of 4,000 characters at most."
				/>
			</div>
			<PassedValues
				values={trigger.inputs}
				reads={READS}
				problems={problems}
				onWrite={(values) => set({ inputs: values })}
			/>
			<PanelSection title="Limits" startOpen={false} end={`${trigger.perMinute.toLocaleString("en-US")} a minute`}>
				<div className="grid gap-3 px-4 pb-4">
					<CheckedField
						label="Requests a minute"
						value={trigger.perMinute}
						form={numberText}
						help="Further ones are answered with 429."
						onWrite={(perMinute = 600) => typeof perMinute === "number" && set({ perMinute })}
						expected="Enter a number from 1 to 100,000."
					/>
					<SharedAddressField address={trigger.address} onWrite={(address) => set({ address })} />
				</div>
			</PanelSection>
			{trigger.type === "github" && <GithubRedeliver trigger={trigger} write={write} />}
			<TimeMachine trigger={trigger} />
			<DeliveryLog id={trigger.id} />
		</>
	);
}

/** Nothing is kept of what is taken back. */
function change(trigger: Config, changes: object): Config {
	const changed = { ...trigger, ...changes };
	for (const key of ["secret", "formerSecret", "filter", "address"] as const) {
		if (changed[key] === undefined) delete changed[key];
	}
	return changed;
}

interface PartProps {
	trigger: Config;
	write: (trigger: Config) => boolean;
}

function Events({ trigger, write }: PartProps) {
	return (
		<FieldFrame label="Events" group issues={[]} help="Choose the same ones where the webhook is set up.">
			{() =>
				trigger.type === "github" ? (
					<MultiSelect
						options={GITHUB_EVENTS}
						value={trigger.events}
						onChange={(chosen) => write({ ...trigger, events: GITHUB_EVENTS.filter((each) => chosen.includes(each)) })}
					/>
				) : (
					<MultiSelect
						options={GITLAB_EVENTS}
						value={trigger.events}
						onChange={(chosen) => write({ ...trigger, events: GITLAB_EVENTS.filter((each) => chosen.includes(each)) })}
					/>
				)
			}
		</FieldFrame>
	);
}

const SIGNED_BY = [
	{ value: "token", label: "Secret token" },
	{ value: "signature", label: "Signing token" },
] as const;

function Signature({ trigger, write, issuesOf }: PartProps & { issuesOf: (field: string) => Issue[] }) {
	return (
		<>
			{trigger.type === "gitlab" && (
				<FieldFrame
					label="Proven by"
					group
					issues={[]}
					help="GitLab sends a secret token as it is; by a signing token the body is signed."
				>
					{() => (
						<Segmented
							aria-label="Proven by"
							full
							value={trigger.signedBy}
							options={SIGNED_BY}
							onChange={(signedBy) => write({ ...trigger, signedBy })}
						/>
					)}
				</FieldFrame>
			)}
			<SecretField
				label="Secret"
				value={trigger.secret}
				issues={issuesOf("secret")}
				help={
					trigger.type === "github"
						? "The secret that the webhook, or the app, has in GitHub."
						: "The token that the webhook has in GitLab."
				}
				onWrite={(secret) => write(change(trigger, { secret }))}
			/>
			{trigger.secret !== undefined && (
				<SecretField
					label="Former secret"
					none="None"
					value={trigger.formerSecret}
					help="Accepted as well while it is being replaced."
					onWrite={(formerSecret) => write(change(trigger, { formerSecret }))}
				/>
			)}
		</>
	);
}
