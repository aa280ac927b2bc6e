/** A mail of a step. Addresses are single ones, without names. */
export interface StepMail {
	/** What a mail server credential stands for; undefined: this server's own, which mails to members of the team alone. */
	server: string | undefined;
	to: readonly string[];
	cc: readonly string[];
	bcc: readonly string[];
	replyTo: string | undefined;
	/** What mails come from, shown before the address. */
	fromName: string | undefined;
	subject: string;
	text: string;
	/** Undefined where there is plain text alone. */
	html: string | undefined;
	/** Mails with the same id are the same mail. */
	id: string;
	attachments: readonly MailAttachment[];
}

/** A file in a mail, read while it is sent. */
export interface MailAttachment {
	name: string;
	/** Its MIME type. */
	type: string;
	open(): Promise<AsyncIterable<Uint8Array>>;
}

export interface SentMail {
	messageId: string;
	accepted: string[];
	/** Whom the server refused to mail to, while it took the mail for others. */
	rejected: string[];
}

export type SendStepMail = (team: { teamId: string }, mail: StepMail, signal: AbortSignal) => Promise<SentMail>;
