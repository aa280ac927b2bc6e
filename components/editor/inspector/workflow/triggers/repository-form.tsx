"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { MultiSelect } from "@/components/ui/forms/toggles";
import { PanelSection } from "@/components/ui/panel-section";
import { GITHUB_EVENTS, type GithubConfig } from "@/server/triggers/github/settings/github-config";
import { GITLAB_EVENTS, type GitlabConfig } from "@/server/triggers/gitlab/settings/gitlab-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText } from "../../fields/field-text";
import { FilterField } from "./filter-fields";
import { GithubRedeliver } from "./github-redeliver";
import { RepositoryFilters } from "./repository-filters";
import { SecretFields } from "./secret-fields";
import { SharedAddressField } from "./shared-address-field";
import { TriggerFrame } from "./trigger-frame";
import { type TriggerForm, type TriggerFormProps, useTriggerForm } from "./use-trigger-form";

type Config = GithubConfig | GitlabConfig;

/** A workflow that what happens in a repository starts. */
export function RepositoryForm(props: TriggerFormProps<Config>) {
	const form = useTriggerForm(props);
	const { trigger, write, set } = form;
	return (
		<TriggerFrame
			form={form}
			sections={
				<>
					<Limits form={form} />
					{trigger.type === "github" && <GithubRedeliver trigger={trigger} write={write} />}
				</>
			}
		>
			<Events form={form} />
			<Signature form={form} />
			<RepositoryFilters settings={trigger} onWrite={set} />
			<FilterField
				form={form}
				placeholder="trigger.body.commits.size() > 0"
				help="In CEL, once everything above has let it through."
			/>
		</TriggerFrame>
	);
}

interface PartProps {
	form: TriggerForm<Config>;
}

function Limits({ form: { trigger, set } }: PartProps) {
	const { perMinute, address } = trigger;
	return (
		<PanelSection title="Limits" startOpen={false} end={`${perMinute.toLocaleString("en-US")} a minute`}>
			<div className="grid gap-3 px-4 pb-4">
				<CheckedField
					label="Requests a minute"
					value={perMinute}
					form={numberText}
					help="Further ones are answered with 429."
					onWrite={(value = 600) => typeof value === "number" && set({ perMinute: value })}
					expected="Enter a number from 1 to 100,000."
				/>
				<SharedAddressField address={address} onWrite={(value) => set({ address: value })} />
			</div>
		</PanelSection>
	);
}

function Events({ form: { trigger, write } }: PartProps) {
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

function Signature({ form }: PartProps) {
	const { trigger, write } = form;
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
			<SecretFields
				form={form}
				help={
					trigger.type === "github"
						? "The secret that the webhook, or the app, has in GitHub."
						: "The token that the webhook has in GitLab."
				}
			/>
		</>
	);
}
