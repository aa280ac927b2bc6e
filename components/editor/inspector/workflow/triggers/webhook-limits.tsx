"use client";

import { MultiSelect } from "@/components/ui/forms/toggles";
import { PanelSection } from "@/components/ui/panel-section";
import { HTTP_METHODS, type WebhookConfig } from "@/server/triggers/webhook/settings/webhook-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { numberText, wordsText } from "../../fields/field-text";
import { SharedAddressField } from "./shared-address-field";
import type { TriggerForm } from "./use-trigger-form";

/** Which requests it takes, how many, how large, from which pages, and who else starts by them. */
export function WebhookLimits({ form: { trigger, set } }: { form: TriggerForm<WebhookConfig> }) {
	return (
		<PanelSection title="Requests it takes" startOpen={false} end={trigger.methods.join(", ")}>
			<div className="grid gap-3 px-4 pb-4">
				<FieldFrame label="Methods" group issues={[]}>
					{() => (
						<MultiSelect
							options={HTTP_METHODS}
							value={trigger.methods}
							onChange={(chosen) => set({ methods: HTTP_METHODS.filter((method) => chosen.includes(method)) })}
						/>
					)}
				</FieldFrame>
				<CheckedField
					label="Requests a minute"
					value={trigger.perMinute}
					form={numberText}
					help="Further ones are answered with 429 and when to come again."
					onWrite={(perMinute = 600) => typeof perMinute === "number" && set({ perMinute })}
					expected="Enter a number from 1 to 100,000."
				/>
				<CheckedField
					label="Largest body, in MB"
					value={trigger.maxMegabytes}
					form={numberText}
					help="Larger ones are answered with 413."
					onWrite={(maxMegabytes = 1) => typeof maxMegabytes === "number" && set({ maxMegabytes })}
					expected="Enter a number from 1 to 25."
				/>
				<CheckedField
					label="Pages of these sites may send"
					value={trigger.origins.join(", ")}
					form={wordsText}
					placeholder="none"
					help="Origins, separated by commas, as in https://shop.example; * for all."
					onWrite={(value) =>
						set({
							origins: String(value ?? "")
								.split(/[\s,]+/)
								.filter((origin) => origin !== ""),
						})
					}
					expected="Write each origin as in https://shop.example, 20 at most."
				/>
				<SharedAddressField address={trigger.address} onWrite={(address) => set({ address })} />
			</div>
		</PanelSection>
	);
}
