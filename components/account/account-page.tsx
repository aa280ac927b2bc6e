"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type Ref, useEffect, useRef } from "react";
import { SettingsFrame } from "../settings/settings-frame";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Chip } from "../ui/chip";
import { ErrorRow } from "../ui/error-row";
import type { Guarded } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";
import { AddressStatus } from "./address-status";
import { ChangePassword } from "./change-password";
import { DeleteAccount } from "./delete-account";
import { NotificationSwitches } from "./notification-switches";
import { ProfileForm } from "./profile-form";
import { SessionList } from "./session-list";

type Account = Outputs["account"]["get"];

/** One's own account, whatever team's page it is reached from. */
export function AccountPage() {
	const trpc = useTRPC();
	const account = useQuery(trpc.account.get.queryOptions());
	return (
		<SettingsFrame page="Account">
			<div className="mb-4">
				<h2 className="flex items-center gap-2 text-20 tracking-[-0.012em]">
					Account
					{account.data?.isAdministrator && <Chip tone="accent">Administrator of this server</Chip>}
				</h2>
				<p className="break-words text-ink-2">
					{account.data?.email ?? "Who you are here, and where you are signed in."}
				</p>
			</div>
			{account.data ? (
				<Sections account={account.data} />
			) : account.error ? (
				<Card>
					<ErrorRow onRetry={() => void account.refetch()} busy={account.isFetching}>
						{errorText(account.error)}
					</ErrorRow>
				</Card>
			) : (
				<Card>
					<SkeletonRows rows={4} rowClassName="h-14" label="Loading your account" />
				</Card>
			)}
		</SettingsFrame>
	);
}

function Sections({ account }: { account: Account }) {
	if (account.isDemo) {
		return (
			<div className="grid gap-8">
				<Card>
					<p className="px-4 py-3 text-ink-2">
						This is the demo account, which others may use, too. Sign out and create an account of your own to have a
						profile, a password and a list of sessions.
					</p>
				</Card>
				<Notifications whyNot="The demo account stays as it is. Create an account of your own to choose." />
			</div>
		);
	}
	return (
		<div className="grid gap-8">
			<Section title="Profile" text="How others see you, and how you see Weft.">
				<ProfileForm account={account} />
			</Section>
			<Section title="E-mail address" text="What mail is sent to, and what approvals may name you by.">
				<AddressStatus account={account} />
			</Section>
			<Notifications whyNot={undefined} />
			<Section title="Password" text="Changing it signs you out everywhere else.">
				<ChangePassword account={account} />
			</Section>
			<Section
				title="Sessions"
				text="Where you are signed in. Ending a session takes effect at once, on its open pages too."
			>
				<SessionList />
			</Section>
			<Section title="Delete account" text="Deletes your account for good, with everything that is only yours.">
				<DeleteAccount email={account.email} />
			</Section>
		</div>
	);
}

function Notifications({ whyNot }: Guarded) {
	const section = useLinkedSection("notifications");
	return (
		<Section ref={section} id="notifications" title="Notifications" text="Choose what Weft notifies you about.">
			<NotificationSwitches whyNot={whyNot} />
		</Section>
	);
}

/** The address leads to it: the browser looked for it before it was there. */
function useLinkedSection(id: string) {
	const section = useRef<HTMLElement>(null);
	useEffect(() => {
		if (location.hash === `#${id}`) section.current?.scrollIntoView();
	}, [id]);
	return section;
}

interface SectionProps {
	ref?: Ref<HTMLElement>;
	/** Where links to it lead. */
	id?: string;
	title: string;
	text: string;
	children: ReactNode;
}

function Section({ ref, id, title, text, children }: SectionProps) {
	return (
		<section ref={ref} id={id} aria-label={title} className="scroll-mt-4">
			<h3 className="text-15">{title}</h3>
			<p className="mb-3 text-ink-2">{text}</p>
			<Card>{children}</Card>
		</section>
	);
}

function Card({ children }: { children: ReactNode }) {
	return <div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">{children}</div>;
}
