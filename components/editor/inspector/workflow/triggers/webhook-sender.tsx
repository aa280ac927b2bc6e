"use client";

import { Select } from "@/components/ui/forms/select";
import type { Issue } from "@/server/plan/issue";
import { PRESETS, type Preset } from "@/server/triggers/hooks/settings/signature-settings";
import { PRESET_NAMES } from "@/server/triggers/webhook/settings/describe-webhook";
import type { WebhookConfig } from "@/server/triggers/webhook/settings/webhook-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { wordsText } from "../../fields/field-text";
import { SecretField } from "./secret-field";
import type { WebhookProps } from "./webhook-props";

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

interface WebhookSenderProps extends WebhookProps {
	issuesOf: (field: string) => Issue[];
}

/** Who may send, and how they prove it. */
export function WebhookSender({ webhook, write, issuesOf }: WebhookSenderProps) {
	const { preset } = webhook;
	const choose = (value: string) => {
		const chosen = PRESETS.find((each) => each === value);
		if (chosen !== undefined && chosen !== preset) write(withPreset(webhook, chosen));
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
			{preset !== "none" && (
				<>
					<SecretField
						label="Secret"
						value={webhook.secret}
						issues={issuesOf("secret")}
						onWrite={(value) => write(withOptional(webhook, "secret", value))}
					/>
					{webhook.secret !== undefined && (
						<SecretField
							label="Former secret"
							none="None"
							value={webhook.formerSecret}
							help="Accepted as well while its sender changes from one to the other."
							onWrite={(value) => write(withOptional(webhook, "formerSecret", value))}
						/>
					)}
				</>
			)}
			{(preset === "hmac" || preset === "token") && (
				<TextField
					label="Header"
					name="header"
					placeholder={preset === "hmac" ? "X-Signature" : "Authorization"}
					{...{ webhook, write }}
				/>
			)}
			{preset === "hmac" && <HmacFields {...{ webhook, write }} />}
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

function HmacFields({ webhook, write }: WebhookProps) {
	return (
		<>
			<div className="grid grid-cols-2 gap-3">
				<FieldFrame label="Algorithm" issues={[]}>
					{(control) => (
						<Select
							{...control}
							value={webhook.algorithm}
							options={ALGORITHMS.map((value) => ({ value, label: value.toUpperCase() }))}
							onChange={(value) => {
								const algorithm = ALGORITHMS.find((each) => each === value);
								if (algorithm) write({ ...webhook, algorithm });
							}}
						/>
					)}
				</FieldFrame>
				<FieldFrame label="Written as" issues={[]}>
					{(control) => (
						<Select
							{...control}
							value={webhook.encoding}
							options={ENCODINGS.map((value) => ({ value, label: value }))}
							onChange={(value) => {
								const encoding = ENCODINGS.find((each) => each === value);
								if (encoding) write({ ...webhook, encoding });
							}}
						/>
					)}
				</FieldFrame>
			</div>
			<CheckedField
				label="After a prefix"
				value={webhook.prefix}
				form={wordsText}
				placeholder="sha256="
				onWrite={(value) => write({ ...webhook, prefix: typeof value === "string" ? value : "" })}
				expected="Enter 20 characters at most."
			/>
			<TextField
				label="Header of the time"
				name="timestampHeader"
				placeholder="none"
				help="In seconds. Then time.body is what is signed, and what is older than five minutes is refused."
				{...{ webhook, write }}
			/>
		</>
	);
}

interface TextFieldProps extends WebhookProps {
	label: string;
	name: "header" | "timestampHeader";
	placeholder: string;
	help?: string;
}

function TextField({ webhook, write, label, name, placeholder, help }: TextFieldProps) {
	return (
		<CheckedField
			label={label}
			value={webhook[name]}
			form={wordsText}
			placeholder={placeholder}
			{...(help && { help })}
			onWrite={(value) => write(withOptional(webhook, name, value))}
			expected="Name a header, as in X-Signature."
		/>
	);
}

function withOptional(
	webhook: WebhookConfig,
	name: "secret" | "formerSecret" | "header" | "timestampHeader",
	value: unknown,
): WebhookConfig {
	const { [name]: _, ...rest } = webhook;
	return typeof value === "string" ? { ...rest, [name]: value } : rest;
}
