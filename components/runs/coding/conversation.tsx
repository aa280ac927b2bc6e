"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ErrorRow } from "@/components/ui/error-row";
import { formatCount } from "@/components/ui/format/format-number";
import { Skeleton } from "@/components/ui/skeleton";
import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import { fetchText } from "../files/fetch-text";
import type { RunReader } from "../run-reader";
import { type Remark, readConversation } from "./read-conversation";
import { RemarkRow } from "./remark-row";

const MAX_BYTES = 4_000_000;
/** Remarks that are shown at first: those of the end. */
const SHOWN = 200;

/** All that an agent has said and done, from its transcript. */
export function Conversation({ reader, transcript }: { reader: RunReader; transcript: ArtifactRef }) {
	const [shown, setShown] = useState(SHOWN);
	const { data, error, refetch } = useQuery({
		queryKey: ["file", transcript.id, "conversation"],
		queryFn: () => fetchText(reader.fileAddress(transcript.id), MAX_BYTES),
		staleTime: Number.POSITIVE_INFINITY,
	});
	const remarks = useMemo(() => (data === undefined ? undefined : numbered(data)), [data]);
	if (error)
		return <ErrorRow onRetry={() => void refetch()}>The transcript could not be read. {error.message}</ErrorRow>;
	if (remarks === undefined) return <Skeleton className="mx-4 mb-3 w-40" />;
	const hidden = remarks.length - shown;
	return (
		<>
			{hidden > 0 && (
				<button
					type="button"
					className="px-4 pb-2 text-12 text-accent underline underline-offset-2 phone:h-11"
					onClick={() => setShown((count) => count + SHOWN)}
				>
					Show {formatCount(Math.min(SHOWN, hidden))} earlier
				</button>
			)}
			<ol aria-label="Conversation" className="grid min-w-0 gap-2 px-4 pb-4">
				{remarks.slice(-shown).map(({ remark, number }) => (
					<li key={number} className="min-w-0">
						<RemarkRow remark={remark} />
					</li>
				))}
			</ol>
			{transcript.size > MAX_BYTES && (
				<p className="px-4 pb-3 text-12 text-ink-3">This is its beginning. All of it is among the files of the step.</p>
			)}
		</>
	);
}

function numbered(transcript: string): { remark: Remark; number: number }[] {
	return readConversation(transcript).map((remark, number) => ({ remark, number }));
}
