"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { v4 as newId } from "uuid";
import { type StoreApi, useStore } from "zustand";
import { onSignedInAgain } from "@/components/auth/session";
import { useViewer } from "@/components/shell/viewer-context";
import { useTRPC } from "@/components/trpc/client";
import { errorText, isWorthRetrying } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { followRenames, rekey } from "@/server/plan/edits/follow-renames";
import { hashPlan } from "@/server/plan/hash-plan";
import type { Plan } from "@/server/plan/plan";
import { type SavedDraft, useEditorStore } from "../editor-store";
import type { PresenceStore } from "../presence/presence-store";
import { autoMergeIfLoaded, loadAutoMerge } from "./auto-merge-loader";
import { DraftSession, type SavingView } from "./draft-session";
import { openDraftStorage } from "./draft-storage";
import type { SaveAnswer } from "./saving-loop";
import type { OthersDraft, SavingState } from "./saving-state";
import { openTabLocks } from "./tab-lock";

/** The saving of the draft that is open, for what shows it and for what needs a saved draft. */
export interface DraftSaving {
	store: StoreApi<SavingView>;
	/** Resolves with the draft once the server has every edit; rejects with a sentence that says why it has not. */
	saveNow: () => Promise<SavedDraft>;
	/** Ends a conflict with what is to become of both drafts, and saves it. */
	settle: (theirs: OthersDraft, plan: Plan) => void;
	/** The server has put another draft in place of this one, as when a version is restored. */
	replace: (draft: SavedDraft) => void;
}

interface DraftSavingOptions {
	team: string;
	slug: string;
	workflowId: string;
	/** Tells of saves by others. */
	presence: PresenceStore;
}

/** Saves the draft of the editor around it, for as long as it is open. */
export function useDraftSaving({ team, slug, workflowId, presence }: DraftSavingOptions): DraftSaving {
	const session = useSession({ team, slug, workflowId });
	useEffect(() => session.start(), [session]);
	usePageEvents(session);
	useOthersSaves(session, { team, slug, presence });
	useCachedDraft(session, { team, slug });
	return useMemo(
		() => ({
			store: session.store,
			saveNow: () => session.loop.saveNow(),
			settle: (theirs, plan) => {
				session.loop.dispatch({ type: "merged", theirs, plan });
				session.loop.hurry();
			},
			replace: (draft) => session.loop.dispatch({ type: "replaced", draft }),
		}),
		[session],
	);
}

/** Reads a slice of the saving's state. */
export function useSaving<T>(saving: DraftSaving, select: (state: SavingState) => T): T {
	return useStore(saving.store, (view) => select(view.saving));
}

function useSession({ team, slug, workflowId }: Omit<DraftSavingOptions, "presence">): DraftSession {
	const trpc = useTRPC();
	const editor = useEditorStore();
	const { id: userId } = useViewer().user;
	const { mutateAsync } = useMutation({
		...trpc.workflows.saveDraft.mutationOptions(),
		meta: { ownError: true },
		// Its own loop tries again, and a browser that thinks it is offline may still reach the server of this machine.
		networkMode: "always",
		retry: false,
		gcTime: 0,
	});
	const [session] = useState(
		() =>
			new DraftSession({
				editor,
				storage: openDraftStorage(),
				locks: openTabLocks(),
				place: { userId, workflowId },
				newId: () => newId(),
				settle: (state, theirs) => autoMergeIfLoaded(state, theirs, userId),
				send: async (request) => {
					const { base, plan, saveId, unanswered } = request;
					const input = { team, slug, plan, revision: base.revision, saveId, unanswered: [...unanswered] };
					return await toAnswer(mutateAsync(input));
				},
			}),
	);
	return session;
}

/** A server that stumbles has given no answer; one that refuses has. */
async function toAnswer(answering: Promise<SavedOrConflict>): Promise<SaveAnswer> {
	try {
		const answer = await answering;
		if (answer.status === "saved") return { status: "saved", revision: answer.revision };
		const { plan, revision, savedBy, savedAt } = answer;
		await loadAutoMerge();
		return { status: "conflict", theirs: { plan, revision, savedBy, savedAt } };
	} catch (error) {
		if (isWorthRetrying(error)) throw error;
		return { status: "refused", message: errorText(error) };
	}
}

type SavedOrConflict = Outputs["workflows"]["saveDraft"];

function usePageEvents(session: DraftSession): void {
	useEffect(() => {
		const stop = new AbortController();
		const { signal } = stop;
		const hurry = () => session.loop.hurry();
		const leave = () => {
			if (document.visibilityState === "visible") return;
			session.loop.hurry();
			void session.keepNow();
		};
		addEventListener("online", hurry, { signal });
		document.addEventListener("visibilitychange", leave, { signal });
		addEventListener("pagehide", () => void session.keepNow(), { signal });
		addEventListener("beforeunload", (event) => session.isAtRisk && event.preventDefault(), { signal });
		const stopWaiting = onSignedInAgain(hurry);
		return () => {
			stop.abort();
			stopWaiting();
		};
	}, [session]);
}

type Place = Omit<DraftSavingOptions, "workflowId">;

/** Reads the draft again when somebody else has saved it; the loop decides what becomes of it. */
function useOthersSaves(session: DraftSession, { team, slug, presence }: Place): void {
	const trpc = useTRPC();
	const queries = useQueryClient();
	useEffect(() => {
		let asked = 0;
		const look = async () => {
			const revision = presence.getState().news?.revision ?? 0;
			if (revision <= Math.max(asked, knownRevision(session.loop.state))) return;
			asked = revision;
			const draft = await readDraft().catch(() => undefined);
			if (draft) session.loop.dispatch({ type: "heard", theirs: draft });
			else asked = 0;
		};
		const readDraft = async (): Promise<OthersDraft> => {
			const options = trpc.workflows.draft.queryOptions({ team, slug }, { staleTime: 0 });
			const { plan, revision, savedBy, savedAt } = await queries.fetchQuery(options);
			await loadAutoMerge();
			return { plan, revision, savedBy, savedAt };
		};
		const stops = [presence.subscribe(() => void look()), session.loop.onChange(() => void look())];
		return () => {
			for (const stop of stops) stop();
		};
	}, [session, trpc, queries, team, slug, presence]);
}

/** While edits are open or under way the next save finds out by itself what others did. */
function knownRevision({ phase, base }: SavingState): number {
	if (phase.name === "saved") return base.revision;
	return phase.name === "conflict" ? phase.theirs.revision : Number.POSITIVE_INFINITY;
}

/** Whoever opens the draft again from what this page remembers finds what was saved last. */
function useCachedDraft(session: DraftSession, { team, slug }: Omit<Place, "presence">): void {
	const trpc = useTRPC();
	const queries = useQueryClient();
	useEffect(() => {
		let { base } = session.loop.state;
		return session.loop.onChange((state) => {
			if (state.base === base) return;
			base = state.base;
			const { revision, plan } = base;
			queries.setQueryData(trpc.workflows.draft.queryKey({ team, slug }), (draft) => {
				if (!draft || draft.revision >= revision) return draft;
				const pins = rekey(draft.pins, followRenames(draft.plan, plan));
				return { ...draft, revision, plan, pins, isChanged: draft.publishedHash !== hashPlan(plan) };
			});
			void queries.invalidateQueries({ ...trpc.workflows.list.pathFilter(), refetchType: "none" });
		});
	}, [session, trpc, queries, team, slug]);
}
