"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { PanelSection } from "@/components/ui/panel-section";
import type { AlertmanagerConfig } from "@/server/triggers/alertmanager/settings/alertmanager-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText, wordsText } from "../../fields/field-text";
import { AlertMatchers } from "./alert-matchers";
import { SecretField } from "./secret-field";
import { SecretFields } from "./secret-fields";
import { SharedAddressField } from "./shared-address-field";
import { TriggerFrame } from "./trigger-frame";
import { type TriggerForm, type TriggerFormProps, useTriggerForm } from "./use-trigger-form";

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
		value: "event",
		label: "Is sent an event",
		help: "Its step “Await an event” goes on with alert.resolved, only when event.source.run == run.id.",
	},
	{
		value: "cancel",
		label: "Is cancelled",
		help: "The run is cancelled once all alerts that it was started for are resolved.",
	},
	{ value: "run", label: "Another starts", help: "Another run starts with trigger.status “resolved”." },
] as const;

/** A workflow that alerts start. */
export function AlertForm(props: TriggerFormProps<AlertmanagerConfig>) {
	const form = useTriggerForm(props);
	const { trigger, problems, set } = form;
	return (
		<TriggerFrame form={form} sections={<Source form={form} />}>
			<AlertMatchers matchers={trigger.matchers} problems={problems} onWrite={(matchers) => set({ matchers })} />
			<FieldFrame
				label="When it is resolved, its run"
				group
				issues={[]}
				help={ON_RESOLVE.find(({ value }) => value === trigger.onResolve)?.help}
			>
				{(control) => (
					<Select
						{...control}
						value={trigger.onResolve}
						options={ON_RESOLVE}
						onChange={(chosen) => set({ onResolve: ON_RESOLVE.find(({ value }) => value === chosen)?.value })}
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
			<Authentication form={form} />
		</TriggerFrame>
	);
}

interface PartProps {
	form: TriggerForm<AlertmanagerConfig>;
}

function Authentication({ form }: PartProps) {
	const { trigger, set, issuesOf } = form;
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
			{authentication !== "none" && <SecretFields form={form} />}
		</>
	);
}

/** Where Alertmanager itself is, and what is taken of it. */
function Source({ form: { trigger, set, issuesOf } }: PartProps) {
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
