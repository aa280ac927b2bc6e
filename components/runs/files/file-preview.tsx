"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, ExternalLink } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorRow } from "@/components/ui/error-row";
import { Skeleton } from "@/components/ui/skeleton";
import { describeSize } from "@/server/artifacts/artifact-ref";
import type { RunFile, RunReader } from "../run-reader";
import { fetchText } from "./fetch-text";
import { RemoveFile } from "./remove-file";
import { TextPreview } from "./text-preview";

/** What of a text is fetched to be shown: more is saved. */
const SHOWN_BYTES = 500_000;
const IS_TEXT = /^text\/|^application\/(json|xml|yaml|javascript|x-sh|sql)$|[+](json|xml)$/;

interface FilePreviewProps {
	file: RunFile;
	reader: RunReader;
	onClose: () => void;
}

/** Looks into a file: a picture or a text as what it is; anything else can be saved. */
export function FilePreview({ file, reader, onClose }: FilePreviewProps) {
	const address = reader.fileAddress(file.id);
	const isPicture = /^image\//.test(file.type);
	const isText = IS_TEXT.test(file.type) || file.kind === "log";
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={file.name}
			description={`${describeSize(file.size)}, ${file.type}`}
			className="w-[min(960px,calc(100vw-48px))]"
			foot={
				<>
					{reader.removesFrom && <RemoveFile file={file} run={reader.removesFrom} onRemoved={onClose} />}
					{file.type === "text/html" && (
						<Button asChild>
							<a href={address} target="_blank" rel="noreferrer">
								<ExternalLink />
								<span>
									Open<span className="phone:sr-only"> without scripts</span>
								</span>
							</a>
						</Button>
					)}
					<Button asChild intent="primary">
						<a href={reader.fileAddress(file.id, { keep: true })} download>
							<Download />
							Download
						</a>
					</Button>
				</>
			}
		>
			{isPicture && (
				// biome-ignore lint/performance/noImgElement: a file of a run has no size that is known
				<img
					src={address}
					alt={file.name}
					className="mx-auto max-h-[60dvh] max-w-full rounded-2 border border-line bg-sunken"
				/>
			)}
			{isText && !isPicture && <FetchedText address={address} file={file} />}
			{!isText && !isPicture && (
				<p className="py-6 text-center text-ink-2">This kind of file is not shown here. Download it to look at it.</p>
			)}
		</Dialog>
	);
}

function FetchedText({ address, file }: { address: string; file: RunFile }) {
	const fetched = useQuery({
		queryKey: ["file", file.id],
		queryFn: () => fetchText(address, SHOWN_BYTES),
		staleTime: Number.POSITIVE_INFINITY,
	});
	if (fetched.error)
		return <ErrorRow onRetry={() => fetched.refetch()}>The file could not be read. {fetched.error.message}</ErrorRow>;
	if (fetched.data === undefined) return <Skeleton className="h-40 w-full" />;
	const isCut = file.size > SHOWN_BYTES;
	return (
		<>
			<TextPreview file={file} text={fetched.data} isCut={isCut} />
			{isCut && (
				<p className="pt-2 text-12 text-ink-3">
					This is its beginning: {describeSize(SHOWN_BYTES)} of {describeSize(file.size)}.
				</p>
			)}
		</>
	);
}
