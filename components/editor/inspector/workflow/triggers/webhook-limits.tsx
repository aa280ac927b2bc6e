"use client";

import { MultiSelect } from "@/components/ui/forms/toggles";
import { PanelSection } from "@/components/ui/panel-section";
import { HTTP_METHODS } from "@/server/triggers/webhook/settings/webhook-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText, wordsText } from "../../fields/field-text";
import { SharedAddressField } from "./shared-address-field";
import type { WebhookProps } from "./webhook-props";

/** Which requests it takes, how many, how large, from which pages, and who else starts by them. */
export function WebhookLimits({ webhook, write }: WebhookProps) {
	return (
		<PanelSection title="Requests it takes" startOpen={false} end={webhook.methods.join(", ")}>
			<div className="grid gap-3 px-4 pb-4">
				<FieldFrame label="Methods" group issues={[]}>
					{() => (
						<MultiSelect
							options={HTTP_METHODS}
							value={webhook.methods}
							onChange={(chosen) =>
								write({ ...webhook, methods: HTTP_METHODS.filter((method) => chosen.includes(method)) })
							}
						/>
					)}
				</FieldFrame>
				<CheckedField
					label="Requests a minute"
					value={webhook.perMinute}
					form={numberText}
					help="Further ones are answered with 429 and when to come again."
					onWrite={(value = 600) => typeof value === "number" && write({ ...webhook, perMinute: value })}
					expected="Enter a number from 1 to 100,000."
				/>
				<CheckedField
					label="Largest body, in MB"
					value={webhook.maxMegabytes}
					form={numberText}
					help="Larger ones are answered with 413."
					onWrite={(value = 1) => typeof value === "number" && write({ ...webhook, maxMegabytes: value })}
					expected="Enter a number from 1 to 25."
				/>
				<CheckedField
					label="Pages of these sites may send"
					value={webhook.origins.join(", ")}
					form={wordsText}
					placeholder="none"
					help="Origins, separated by commas, as in https://shop.example; * for all."
					onWrite={(value) =>
						write({
							...webhook,
							origins: String(value ?? "")
								.split(/[\s,]+/)
								.filter((origin) => origin !== ""),
						})
					}
					expected="Write each origin as in https://shop.example, 20 at most."
				/>
				<SharedAddressField
					address={webhook.address}
					onWrite={(address) => {
						const { address: _, ...rest } = webhook;
						return write(address === undefined ? rest : { ...rest, address });
					}}
				/>
			</div>
		</PanelSection>
	);
}
