"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { SettingsFrame } from "../settings/settings-frame";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { Chip } from "../ui/chip";
import { ErrorRow } from "../ui/list-states";
import { SkeletonRows } from "../ui/skeleton";
import { ChangePassword } from "./change-password";
import { DeleteAccount } from "./delete-account";
import { ProfileForm } from "./profile-form";
import { SessionList } from "./session-list";

type Account = Outputs["account"]["get"];

/** One's own account, whatever team's page it is reached from. */
export function AccountPage({ team }: { team: string }) {
	const trpc = useTRPC();
	const account = useQuery(trpc.account.get.queryOptions());
	return (
		<SettingsFrame team={team} page="Account">
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
			<Card>
				<p className="px-4 py-3 text-ink-2">
					This is the demo account, which others may use, too. Sign out and create an account of your own to have a
					profile, a password and a list of sessions.
				</p>
			</Card>
		);
	}
	return (
		<div className="grid gap-8">
			<Section title="Profile" text="How others see you, and how you see Weft.">
				<ProfileForm account={account} />
			</Section>
			<Section title="Password" text="A new one signs you out everywhere but here.">
				<ChangePassword account={account} />
			</Section>
			<Section title="Sessions" text="Where you are signed in. One that is ended stops at once, its open pages too.">
				<SessionList />
			</Section>
			<Section title="Delete account" text="For good, with everything that is yours alone.">
				<DeleteAccount email={account.email} />
			</Section>
		</div>
	);
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
	return (
		<section aria-label={title}>
			<h3 className="text-15">{title}</h3>
			<p className="mb-3 text-ink-2">{text}</p>
			<Card>{children}</Card>
		</section>
	);
}

function Card({ children }: { children: ReactNode }) {
	return <div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">{children}</div>;
}
