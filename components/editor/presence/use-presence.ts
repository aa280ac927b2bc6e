"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { v4 as newId } from "uuid";
import { readStreamError } from "@/components/auth/read-stream-error";
import { onSignedInAgain } from "@/components/auth/session";
import { useViewer } from "@/components/shell/viewer-context";
import { useTRPC } from "@/components/trpc/client";
import { keepWatching } from "@/components/trpc/keep-watching";
import { type EditorStore, useEditorStore } from "../editor-store";
import {
	createPresenceStore,
	forgetVisitors,
	type PresenceStore,
	receiveNews,
	type WorkflowUpdate,
} from "./presence-store";

interface WorkflowPlace {
	team: string;
	slug: string;
}

/** The server forgets who was not heard of for 15 seconds. */
const VISIT_MS = 5_000;
/** Dragging a frame over many steps selects them one after the other. */
const SELECT_MS = 300;
const MAX_SELECTED = 50;

/**
 * Shows the others who is here and what they have selected, and says who they are. Only while the page can be seen: a tab
 * in the background is nobody's presence, and a browser has few connections to spare.
 */
export function usePresence({ team, slug }: WorkflowPlace): PresenceStore {
	const [store] = useState(createPresenceStore);
	const [tab] = useState(() => newId());
	const isVisible = useSyncExternalStore(watchVisibility, readVisibility, () => false);
	useWatching({ team, slug, tab, store, isVisible });
	useVisiting({ team, slug, tab, isVisible });
	return store;
}

interface Watching extends WorkflowPlace {
	tab: string;
	store: PresenceStore;
	isVisible: boolean;
}

function useWatching({ team, slug, tab, store, isVisible }: Watching): void {
	const trpc = useTRPC();
	const { id } = useViewer().user;
	useEffect(() => {
		if (!isVisible) return;
		const watching = keepWatching<WorkflowUpdate>(
			({ onNews, onError }) => {
				const options = trpc.presence.watch.subscriptionOptions({ team, slug, tab });
				const stream = options.subscribe({
					onData: onNews,
					onError: (error) => onError(readStreamError(error)),
				});
				return () => stream.unsubscribe();
			},
			{
				onNews: (news) => receiveNews(store, news, id),
				onLost: () => forgetVisitors(store),
			},
		);
		const stopWaiting = onSignedInAgain(watching.hurry);
		return () => {
			stopWaiting();
			watching.stop();
			forgetVisitors(store);
		};
	}, [trpc, team, slug, tab, store, id, isVisible]);
}

function useVisiting({ team, slug, tab, isVisible }: Omit<Watching, "store">): void {
	const trpc = useTRPC();
	const editor = useEditorStore();
	// Nothing depends on a visit: one that fails is made up for by the next.
	const meta = { isBackground: true, ownError: true };
	const { mutate: visit } = useMutation({ ...trpc.presence.update.mutationOptions(), meta, retry: false, gcTime: 0 });
	const { mutate: leave } = useMutation({ ...trpc.presence.leave.mutationOptions(), meta, retry: false, gcTime: 0 });
	useEffect(() => {
		if (!isVisible) return;
		const stop = visitRegularly(editor, (selected) => visit({ team, slug, tab, selected }));
		return () => {
			stop();
			leave({ team, slug, tab });
		};
	}, [editor, team, slug, tab, visit, leave, isVisible]);
}

function visitRegularly(editor: EditorStore, visit: (selected: string[]) => void): () => void {
	const report = () => visit(editor.getState().selection.nodes.slice(0, MAX_SELECTED));
	report();
	const repeat = setInterval(report, VISIT_MS);
	let soon: ReturnType<typeof setTimeout> | undefined;
	const unsubscribe = editor.subscribe((state, before) => {
		if (state.selection.nodes === before.selection.nodes) return;
		clearTimeout(soon);
		soon = setTimeout(report, SELECT_MS);
	});
	return () => {
		clearInterval(repeat);
		clearTimeout(soon);
		unsubscribe();
	};
}

function watchVisibility(onChange: () => void): () => void {
	document.addEventListener("visibilitychange", onChange);
	return () => document.removeEventListener("visibilitychange", onChange);
}

function readVisibility(): boolean {
	return document.visibilityState === "visible";
}
