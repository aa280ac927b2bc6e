import type { z } from "zod";

/** A kind of notification: what browsers, mails and switches know of it. */
export interface NotificationKind<Data extends object> {
	/** What switches and filters call it. */
	title: string;
	/** When somebody is notified, as a whole sentence. */
	description: string;
	/** The name of a lucide icon that `components/notifications/kind-icon.tsx` knows. */
	icon: string;
	/** What is stored with each: names and short excerpts, never a secret. */
	data: z.ZodType<Data>;
	/** What is said of one that asks for nothing any more; left out where that cannot be (see `settled.ts`). */
	settled?: string;
	/** What happens again under the same key raises the count of one entry; else it is the same entry, unchanged. */
	isCounted: boolean;
	/** It may be for people outside the team. */
	isForStrangers: boolean;
	/** Only those who administer the instance are told, and can switch it. */
	isForAdministrators?: boolean;
	/** Whether it is also mailed to people who have not switched anything. */
	isMailed: boolean;
	/** It is mailed only if it is still unread after so many seconds. */
	mailAfterSeconds: number;
	/** What happened, in a plain sentence without its full stop. */
	describe(happening: Happening<Data>): string;
	/** A person's or a step's own words, shortened. */
	excerpt?(happening: Happening<Data>): string | undefined;
	/** Where it leads to, as a path of this server; null when nowhere. */
	path(happening: Happening<Data>): string | null;
}

export interface Happening<Data> {
	data: Data;
	/** How often it happened. */
	count: number;
	team: { slug: string; name: string };
	/** Null where it is about no workflow. */
	workflow: { slug: string; name: string } | null;
	/** Null where it is about no run. */
	runNumber: number | null;
	/** Whether whoever is notified has shown that their e-mail address is theirs. */
	isAddressVerified: boolean;
}

export function defineKind<Data extends object>(kind: NotificationKind<Data>): NotificationKind<Data> {
	return kind;
}
