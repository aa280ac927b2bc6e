"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CodingResult } from "@/server/runs/coding-result";
import { fetchText } from "../files/fetch-text";
import type { RunReader } from "../run-reader";
import { type PatchFile, readPatch } from "./read-patch";

/** Beyond this a patch is not looked at here, but saved. */
const MAX_BYTES = 2_000_000;

interface ReadChanges {
	/** Undefined until they are known. */
	files: PatchFile[] | undefined;
	/** Where all of it can be saved; undefined where nothing has changed, or it was not kept. */
	address: string | undefined;
	isTooLong: boolean;
	error: Error | null;
	retry: () => void;
}

/** What an agent has changed, from what git says: what stands in its output, or in the file that was kept. */
export function useChanges(reader: RunReader, { patch, diff }: Pick<CodingResult, "patch" | "diff">): ReadChanges {
	const isTooLong = patch === null && diff !== null && diff.size > MAX_BYTES;
	const fetched = useQuery({
		queryKey: ["file", diff?.id ?? "", "whole"],
		queryFn: () => fetchText(reader.fileAddress(diff?.id ?? ""), MAX_BYTES),
		enabled: patch === null && diff !== null && !isTooLong,
		staleTime: Number.POSITIVE_INFINITY,
	});
	const text = patch ?? (diff === null ? "" : fetched.data);
	const files = useMemo(() => (text === undefined ? undefined : readPatch(text)), [text]);
	return {
		...{ files, isTooLong, error: fetched.error, retry: () => void fetched.refetch() },
		address: diff === null ? undefined : reader.fileAddress(diff.id, { keep: true }),
	};
}
