"use client";

import { Select } from "@/components/ui/forms/select";
import { PRESETS, type Preset } from "@/server/triggers/hooks/settings/signature-settings";
import { PRESET_NAMES } from "@/server/triggers/webhook/settings/describe-webhook";
import type { WebhookConfig } from "@/server/triggers/webhook/settings/webhook-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { wordsText } from "../../fields/field-text";
import { SecretFields } from "./secret-fields";
import type { TriggerForm } from "./use-trigger-form";

const HELP: Record<Preset, string> = {
	none: "Whoever knows the address can start runs.",
	token: "The secret itself comes in a header: Authorization: Bearer …, or another one.",
	hmac: "The body, signed with the secret. Without a signed time a copied request can be sent again: set what duplicates have in common.",
	standard: "webhook-id, webhook-timestamp and webhook-signature; the secret begins with whsec_.",
	github: "X-Hub-Signature-256, by the secret of the webhook in the repository's settings.",
	stripe: "Stripe-Signature, by the endpoint's signing secret (whsec_…).",
	slack: "X-Slack-Signature, by the app's signing secret. Its question about the address is answered.",
	shopify: "X-Shopify-Hmac-SHA256, by the app's client secret.",
	linear: "Linear-Signature, by the webhook's signing secret.",
};

interface WebhookSenderProps {
	form: TriggerForm<WebhookConfig>;
}

/** Who may send, and how they prove it. */
export function WebhookSender({ form }: WebhookSenderProps) {
	const { trigger, write, issuesOf } = form;
	const { preset } = trigger;
	const choose = (value: string) => {
		const chosen = PRESETS.find((each) => each === value);
		if (chosen !== undefined && chosen !== preset) write(withPreset(trigger, chosen));
	};
	return (
		<>
			<FieldFrame label="Signed by" issues={issuesOf("preset")} help={HELP[preset]}>
				{(control) => (
					<Select
						{...control}
						value={preset}
						options={PRESETS.map((value) => ({ value, label: PRESET_NAMES[value] }))}
						onChange={choose}
					/>
				)}
			</FieldFrame>
			{preset !== "none" && <SecretFields form={form} />}
			{(preset === "hmac" || preset === "token") && (
				<TextField
					label="Header"
					name="header"
					placeholder={preset === "hmac" ? "X-Signature" : "Authorization"}
					form={form}
				/>
			)}
			{preset === "hmac" && <HmacFields form={form} />}
		</>
	);
}

/** Settings of one way of signing mean nothing to another. */
function withPreset(webhook: WebhookConfig, preset: Preset): WebhookConfig {
	const { header: _, timestampHeader: __, ...rest } = webhook;
	const plain = { ...rest, preset, algorithm: "sha256", encoding: "hex", prefix: "" } as const;
	if (preset !== "none")
		return { ...plain, answer: preset === "token" || preset === "hmac" ? webhook.answer : "at-once" };
	const { secret: ___, formerSecret: ____, ...unsigned } = plain;
	return unsigned;
}

const ALGORITHMS = ["sha256", "sha1", "sha512"] as const;
const ENCODINGS = ["hex", "base64"] as const;

function HmacFields({ form }: WebhookSenderProps) {
	const { trigger, set } = form;
	return (
		<>
			<div className="grid grid-cols-2 gap-3">
				<FieldFrame label="Algorithm" issues={[]}>
					{(control) => (
						<Select
							{...control}
							value={trigger.algorithm}
							options={ALGORITHMS.map((value) => ({ value, label: value.toUpperCase() }))}
							onChange={(value) => {
								const algorithm = ALGORITHMS.find((each) => each === value);
								if (algorithm) set({ algorithm });
							}}
						/>
					)}
				</FieldFrame>
				<FieldFrame label="Written as" issues={[]}>
					{(control) => (
						<Select
							{...control}
							value={trigger.encoding}
							options={ENCODINGS.map((value) => ({ value, label: value }))}
							onChange={(value) => {
								const encoding = ENCODINGS.find((each) => each === value);
								if (encoding) set({ encoding });
							}}
						/>
					)}
				</FieldFrame>
			</div>
			<CheckedField
				label="After a prefix"
				value={trigger.prefix}
				form={wordsText}
				placeholder="sha256="
				onWrite={(prefix) => set({ prefix: typeof prefix === "string" ? prefix : "" })}
				expected="Enter 20 characters at most."
			/>
			<TextField
				label="Header of the time"
				name="timestampHeader"
				placeholder="none"
				help="In seconds. Then time.body is what is signed, and what is older than five minutes is refused."
				form={form}
			/>
		</>
	);
}

interface TextFieldProps extends WebhookSenderProps {
	label: string;
	name: "header" | "timestampHeader";
	placeholder: string;
	help?: string;
}

function TextField({ form: { trigger, set }, label, name, placeholder, help }: TextFieldProps) {
	return (
		<CheckedField
			label={label}
			value={trigger[name]}
			form={wordsText}
			placeholder={placeholder}
			{...(help && { help })}
			onWrite={(value) => set({ [name]: typeof value === "string" ? value : undefined })}
			expected="Name a header, as in X-Signature."
		/>
	);
}
