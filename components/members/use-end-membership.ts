"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../trpc/client";
import { showDone } from "../ui/toasts/toaster";
import type { Member } from "./member";

interface EndMembership {
	team: string;
	member: Member;
	isViewer: boolean;
	onClose: () => void;
}

/** Takes a member out of the team, or the viewer, who is then led to their other teams. */
export function useEndMembership({ team, member, isViewer, onClose }: EndMembership) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	const leave = useMutation(trpc.members.leave.mutationOptions({ onSuccess: () => router.replace("/") }));
	const remove = useMutation(
		trpc.members.remove.mutationOptions({
			onSuccess: () => showDone(`${member.name} is no longer in the team`),
			onSettled: () => {
				onClose();
				return queries.invalidateQueries(trpc.members.pathFilter());
			},
		}),
	);
	return {
		end: () => {
			if (isViewer) leave.mutate({ team }, { onError: onClose });
			else remove.mutate({ team, userId: member.userId });
		},
		busy: leave.isPending || leave.isSuccess || remove.isPending,
	};
}
