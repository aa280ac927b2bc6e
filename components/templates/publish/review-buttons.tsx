"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../trpc/client";
import { Button } from "../../ui/button";
import { showDone } from "../../ui/toasts/toaster";

interface ReviewButtonsProps {
	team: string;
	template: string;
	version: number;
}

/** For an administrator of the instance: whether everybody sees this version. */
export function ReviewButtons({ team, template, version }: ReviewButtonsProps) {
	const trpc = useTRPC();
	const router = useRouter();
	const reviewing = useMutation({
		...trpc.templates.review.mutationOptions(),
		onSuccess: (_, { verdict }) => {
			showDone(verdict === "approved" ? "Everybody sees it now" : "It stays with its team, which is told");
			// Declined, it may be for its team alone: the page would be gone.
			if (verdict === "declined") router.push(`/${team}/templates`);
			router.refresh();
		},
	});
	const decide = (verdict: "approved" | "declined") => reviewing.mutate({ template, version, verdict });
	return (
		<section aria-label="Your approval" className="mt-4 grid gap-2 rounded-3 bg-waiting-soft p-3">
			<p className="text-12">Its team asks to show version {version} to everybody on this server.</p>
			<div className="flex gap-2">
				<Button busy={reviewing.isPending} onClick={() => decide("approved")}>
					Approve
				</Button>
				<Button intent="ghost" disabled={reviewing.isPending} onClick={() => decide("declined")}>
					Decline
				</Button>
			</div>
		</section>
	);
}
