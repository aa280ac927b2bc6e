"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { PanelSection } from "@/components/ui/panel-section";
import { explainPlanFields } from "@/server/plan/edits/set-plan-fields";
import type { Issue } from "@/server/plan/issue";
import { alertmanagerRegistration } from "@/server/triggers/alertmanager/registration";
import type { AlertmanagerConfig } from "@/server/triggers/alertmanager/settings/alertmanager-config";
import { useEditor } from "../../../editor-store";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText, wordsText } from "../../fields/field-text";
import { AlertMatchers } from "./alert-matchers";
import { DeliveryLog } from "./delivery-log";
import { PassedValues } from "./passed-values";
import { SecretField } from "./secret-field";
import { SharedAddressField } from "./shared-address-field";
import { TestEvent } from "./test-event";
import { TimeMachine } from "./time-machine";
import { TriggerAddress } from "./trigger-address";

interface AlertFormProps {
	trigger: AlertmanagerConfig;
	onChange: (trigger: AlertmanagerConfig) => void;
}

const READS = [
	"trigger.alert.labels",
	"trigger.alert.annotations",
	"trigger.alerts",
	"trigger.status",
	"trigger.seenBefore",
];

const AUTHENTICATION = [
	{ value: "none", label: "The address", help: "Whoever knows the address can start runs." },
	{ value: "bearer", label: "A token", help: "http_config: { authorization: { credentials: … } } in Alertmanager." },
	{
		value: "basic",
		label: "A password",
		help: "http_config: { basic_auth: { username: …, password: … } } in Alertmanager.",
	},
] as const;

const ON_RESOLVE = [
	{ value: "nothing", label: "Goes on", help: "The run of an episode goes on when the alert is resolved." },
	{
		value: "cancel",
		label: "Is cancelled",
		help: "The run is cancelled once all alerts that it was started for are resolved.",
	},
	{ value: "run", label: "Another starts", help: "Another run starts with trigger.status “resolved”." },
] as const;

/** A workflow that alerts start. */
export function AlertForm({ trigger, onChange }: AlertFormProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const problems = alertmanagerRegistration.problems(trigger, inputs);
	const issuesOf = (field: string): Issue[] =>
		problems
			.filter((each) => each.field === field)
			.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message }));
	const set = (changes: Partial<AlertmanagerConfig>) => {
		const next = withoutUndefined({ ...trigger, ...changes });
		if (explainPlanFields({ triggers: [next] }).length > 0) return false;
		onChange(next);
		return true;
	};
	const props = { trigger, set, issuesOf };
	return (
		<>
			<TriggerAddress trigger={trigger} />
			<TestEvent id={trigger.id} />
			<div className="grid gap-3 border-line border-t px-4 py-4">
				<AlertMatchers matchers={trigger.matchers} problems={problems} onWrite={(matchers) => set({ matchers })} />
				<FieldFrame
					label="When it is resolved, its run"
					group
					issues={[]}
					help={ON_RESOLVE.find(({ value }) => value === trigger.onResolve)?.help}
				>
					{() => (
						<Segmented
							aria-label="When it is resolved, its run"
							full
							value={trigger.onResolve}
							options={ON_RESOLVE}
							onChange={(onResolve) => set({ onResolve })}
						/>
					)}
				</FieldFrame>
				<CheckedField
					label="Collect a group for so many seconds"
					value={trigger.windowSeconds}
					form={numberText}
					help="Then one run starts with all of its alerts. With 0 each episode has its own at once."
					onWrite={(windowSeconds = 0) => typeof windowSeconds === "number" && set({ windowSeconds })}
					expected="Enter a number of seconds from 0 to 3,600."
				/>
				<Authentication {...props} />
			</div>
			<PassedValues
				values={trigger.inputs}
				reads={READS}
				problems={problems}
				onWrite={(values) => set({ inputs: values })}
			/>
			<Source {...props} />
			<TimeMachine trigger={trigger} />
			<DeliveryLog id={trigger.id} />
		</>
	);
}

/** Nothing is kept of what is taken back. */
function withoutUndefined(trigger: AlertmanagerConfig): AlertmanagerConfig {
	const changed = { ...trigger };
	for (const key of ["secret", "formerSecret", "api", "apiSecret", "receiver", "address"] as const) {
		if (changed[key] === undefined) delete changed[key];
	}
	return changed;
}

interface PartProps {
	trigger: AlertmanagerConfig;
	/** Writes changes; false when the plan cannot hold them. */
	set: (changes: Partial<AlertmanagerConfig>) => boolean;
	issuesOf: (field: string) => Issue[];
}

function Authentication({ trigger, set, issuesOf }: PartProps) {
	const { authentication } = trigger;
	return (
		<>
			<FieldFrame
				label="Proven by"
				group
				issues={issuesOf("authentication")}
				help={AUTHENTICATION.find(({ value }) => value === authentication)?.help}
			>
				{() => (
					<Segmented
						aria-label="Proven by"
						full
						value={authentication}
						options={AUTHENTICATION}
						onChange={(value) =>
							set({
								authentication: value,
								...(value === "none" && { secret: undefined, formerSecret: undefined }),
							})
						}
					/>
				)}
			</FieldFrame>
			{authentication !== "none" && (
				<SecretField
					label="Secret"
					value={trigger.secret}
					issues={issuesOf("secret")}
					onWrite={(secret) => set({ secret })}
				/>
			)}
			{trigger.secret !== undefined && (
				<SecretField
					label="Former secret"
					none="None"
					value={trigger.formerSecret}
					help="Accepted as well while it is being replaced."
					onWrite={(formerSecret) => set({ formerSecret })}
				/>
			)}
		</>
	);
}

/** Where Alertmanager itself is, and what is taken of it. */
function Source({ trigger, set, issuesOf }: PartProps) {
	return (
		<PanelSection title="Alertmanager’s API" startOpen={trigger.api !== undefined} end={trigger.api ?? "not read"}>
			<div className="grid gap-3 px-4 pb-4">
				<CheckedField
					label="Its address"
					value={trigger.api}
					form={wordsText}
					issues={issuesOf("api")}
					placeholder="https://alertmanager.example"
					help="Read every minute for what was missed while Weft was away, and for silences. A private one must be in WEFT_ALLOW_ADDRESSES."
					onWrite={(api) => set({ api: typeof api === "string" ? api : undefined })}
					expected="Write an address as in https://alertmanager.example."
				/>
				{trigger.api !== undefined && (
					<>
						<SecretField
							label="Its credential"
							none="None"
							value={trigger.apiSecret}
							help="A token, or a user name and password."
							onWrite={(apiSecret) => set({ apiSecret })}
						/>
						<CheckedField
							label="Receiver"
							value={trigger.receiver}
							form={wordsText}
							placeholder="the one that was heard last"
							help="Only alerts that Alertmanager routes to it are caught up."
							onWrite={(receiver) => set({ receiver: typeof receiver === "string" ? receiver : undefined })}
							expected="Enter the name of a receiver."
						/>
					</>
				)}
				<SharedAddressField address={trigger.address} onWrite={(address) => set({ address })} />
			</div>
		</PanelSection>
	);
}
