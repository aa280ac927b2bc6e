"use client";

import { PanelSection } from "@/components/ui/panel-section";
import type { GithubConfig } from "@/server/triggers/github/settings/github-config";
import { CheckedField } from "../../fields/checked-field";
import { wordsText } from "../../fields/field-text";
import { SecretField } from "./secret-field";

interface GithubRedeliverProps {
	trigger: GithubConfig;
	write: (trigger: GithubConfig) => boolean;
}

const NEW = { hook: "repos/OWNER/NAME/hooks/1", api: "https://api.github.com" };

/** GitHub sends nothing twice by itself: what it could not deliver is listed, and asked for again. */
export function GithubRedeliver({ trigger, write }: GithubRedeliverProps) {
	const { redeliver } = trigger;
	const choose = (credential: string | undefined) => {
		if (credential !== undefined) return write({ ...trigger, redeliver: { ...NEW, ...redeliver, credential } });
		const { redeliver: _, ...rest } = trigger;
		return write(rest);
	};
	return (
		<PanelSection title="After downtime" startOpen={redeliver !== undefined} end={redeliver ? "asks again" : "off"}>
			<div className="grid gap-3 px-4 pb-4">
				<SecretField
					label="Credential"
					none="Do not ask again"
					value={redeliver?.credential}
					help="A token that may manage the webhook, or the app’s private key. What could not be delivered in the last three days is asked for again."
					onWrite={choose}
				/>
				{redeliver && (
					<>
						<CheckedField
							label="Webhook or app"
							value={redeliver.hook}
							form={wordsText}
							placeholder="repos/acme/shop/hooks/1"
							help="The number is at the end of the webhook’s page in GitHub. Of an app: app/ID."
							onWrite={(hook) => typeof hook === "string" && write({ ...trigger, redeliver: { ...redeliver, hook } })}
							expected="Write repos/OWNER/NAME/hooks/ID, orgs/NAME/hooks/ID or app/ID."
						/>
						<CheckedField
							label="Address of the API"
							value={redeliver.api}
							form={wordsText}
							placeholder={NEW.api}
							help="Of GitHub Enterprise Server: https://HOST/api/v3."
							onWrite={(api = NEW.api) =>
								typeof api === "string" && write({ ...trigger, redeliver: { ...redeliver, api } })
							}
							expected="Enter an address as in https://api.github.com."
						/>
					</>
				)}
			</div>
		</PanelSection>
	);
}
