"use client";

import {
	Download,
	FileText,
	FlaskConical,
	Image,
	type LucideIcon,
	MessagesSquare,
	Package,
	Paperclip,
	ScrollText,
} from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LazyPart } from "@/components/ui/lazy-part";
import { type ArtifactKind, describeSize } from "@/server/artifacts/artifact-ref";
import type { RunFile, RunReader } from "../run-reader";

const KINDS: Record<ArtifactKind, { icon: LucideIcon; name: string }> = {
	screenshot: { icon: Image, name: "Picture" },
	log: { icon: ScrollText, name: "Log" },
	session: { icon: MessagesSquare, name: "Session" },
	"test-report": { icon: FlaskConical, name: "Test report" },
	build: { icon: Package, name: "Build" },
	document: { icon: FileText, name: "Document" },
	other: { icon: Paperclip, name: "File" },
};

interface FileRowsProps {
	files: readonly RunFile[];
	reader: RunReader;
	/** Beside the name of a file: the step, or the attempt, that made it. */
	noteOf: (file: RunFile) => string | undefined;
}

const preview = {
	load: () => import("./file-preview").then((module) => module.FilePreview),
	name: "The preview",
};

/** Files, each of which can be looked at and saved. */
export function FileRows({ files, reader, noteOf }: FileRowsProps) {
	const [shown, setShown] = useState<RunFile | null>(null);
	return (
		<>
			<ul className="pb-2">
				{files.map((file) => (
					<FileRow key={file.id} file={file} reader={reader} note={noteOf(file)} onShow={() => setShown(file)} />
				))}
			</ul>
			{shown && <LazyPart part={preview} props={{ file: shown, reader, onClose: () => setShown(null) }} />}
		</>
	);
}

interface FileRowProps {
	file: RunFile;
	reader: RunReader;
	note: string | undefined;
	onShow: () => void;
}

function FileRow({ file, reader, note, onShow }: FileRowProps) {
	const { icon: Icon, name: kind } = KINDS[file.kind];
	return (
		<li className="flex h-8 items-center gap-2 pr-2 pl-4 hover:bg-fill phone:h-11">
			<Icon aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
			<span className="sr-only">{kind}</span>
			<button type="button" className="flex h-full min-w-0 flex-1 items-center gap-2 text-left" onClick={onShow}>
				<span className="min-w-0 truncate" title={file.name}>
					{file.name}
				</span>
				{note !== undefined && <span className="flex-none text-11 text-ink-3">{note}</span>}
			</button>
			<span className="flex-none text-11 text-ink-3 tabular-nums">{describeSize(file.size)}</span>
			<IconButton label={`Download ${file.name}`} size="panel" asChild>
				<a href={reader.fileAddress(file.id, { keep: true })} download>
					<Download />
				</a>
			</IconButton>
		</li>
	);
}
