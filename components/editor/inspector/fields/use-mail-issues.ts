import { useViewer } from "@/components/shell/viewer-context";
import type { Issue } from "@/server/plan/issue";
import type { Json } from "@/server/plan/values/json";
import type { FieldSpec } from "./describe-fields";

/** What to say of a field that names whom this server mails, where it sends no mail: nobody should wait for one. */
export function useMailIssues({ mails, key }: FieldSpec, value: Json | undefined): Issue[] {
	const { sendsMail } = useViewer();
	const isUsed = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
	if (!mails || sendsMail || !isUsed) return [];
	const message =
		"This server sends no mail, so nobody gets it. Whoever runs the server sets SMTP_URL and MAIL_FROM for that.";
	return [{ severity: "warning", field: `config.${key}`, code: "no_mail", message }];
}
