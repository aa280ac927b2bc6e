import type { Issue } from "@/server/plan/issue";
import { SecretField } from "./secret-field";

interface SecretFieldsProps {
	form: {
		trigger: { secret?: string | undefined; formerSecret?: string | undefined };
		issuesOf(field: string): Issue[];
		set(changes: { secret: string | undefined } | { formerSecret: string | undefined }): boolean;
	};
	help?: string;
}

/** The credential by which a sender proves itself, and the one before while it is being replaced. */
export function SecretFields({ form: { trigger, issuesOf, set }, help }: SecretFieldsProps) {
	return (
		<>
			<SecretField
				label="Secret"
				value={trigger.secret}
				issues={issuesOf("secret")}
				help={help}
				onWrite={(secret) => set({ secret })}
			/>
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
