import { useViewer } from "./viewer-context";

/** What to say of a field where this server sends no mail, so that nobody waits for one. */
export function useMailProblem(mails: "to-these" | "unless-set" | undefined, isFilled: boolean): string | undefined {
	const { sendsMail } = useViewer();
	if (sendsMail || mails === undefined || isFilled !== (mails === "to-these")) return undefined;
	const next = "Whoever runs the server sets SMTP_URL and MAIL_FROM for that.";
	if (mails === "to-these") return `This server sends no mail, so nobody gets it. ${next}`;
	return `This server sends no mail of its own. Choose a mail server. ${next.replace("for that", "for its own")}`;
}
