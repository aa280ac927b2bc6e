import { CopyPlus, Eye, Lock } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Slash } from "@/components/shell/top-bar";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Brand } from "@/components/ui/mark";
import { TimeLeft } from "@/components/ui/time-left";
import type { Shared } from "./share-client";

interface Of {
	run: Shared["run"];
	token: string;
}

interface SharedBarProps extends Of {
	status: ReactNode;
}

/** Whose run it is, that it can only be looked at, and for how long. */
export function SharedBar({ run, token, status }: SharedBarProps) {
	return (
		<header className="col-span-full flex h-12 min-w-0 items-center gap-3 border-line border-b bg-page px-4">
			<Link href="/" aria-label="Weft" className="rounded-2">
				<Brand />
			</Link>
			<span aria-hidden="true" className="h-5 w-px flex-none bg-line" />
			<div className="flex min-w-0 flex-1 items-center gap-1.5 whitespace-nowrap text-ink-2">
				<span className="truncate max-lg:hidden">Shared by {run.teamName}</span>
				<span className="max-lg:hidden">
					<Slash />
				</span>
				<span className="min-w-0 truncate font-semibold text-ink">{run.workflow.name}</span>
				<Slash />
				<h1 className="font-semibold text-13 text-ink tabular-nums">
					<span className="sr-only">Run </span>
					{run.number}
				</h1>
				{status}
			</div>
			<Terms run={run} token={token} />
		</header>
	);
}

/** The same at the foot of a phone's page. */
export function SharedBy({ run, token }: Of) {
	return (
		<div className="grid gap-3">
			<p className="flex items-center gap-2 text-12 text-ink-3">
				<Eye aria-hidden="true" className="size-3.5 flex-none" />
				<span className="min-w-0 truncate">
					Shared by {run.teamName}, to look at
					<EndOf run={run} />
				</span>
			</p>
			<CloneLink run={run} token={token} size="form" />
		</div>
	);
}

/** Leads whoever likes what they see to a workflow of their own. */
function CloneLink({ run, token, size }: Of & { size?: "form" }) {
	if (!run.shows.settings) return null;
	return (
		<Button asChild intent="primary" size={size ?? "bar"}>
			<Link href={`/share/${token}/clone`} prefetch={false}>
				<CopyPlus aria-hidden="true" />
				Clone this workflow
			</Link>
		</Button>
	);
}

function Terms({ run, token }: Of) {
	return (
		<div className="flex flex-none items-center gap-2 text-12 text-ink-2">
			<Chip>
				<Eye aria-hidden="true" />
				Read-only
			</Chip>
			{run.redacted > 0 && (
				<Chip title="Secrets, addresses and names are redacted for this link">
					<Lock aria-hidden="true" />
					{run.redacted === 1 ? "1 value redacted" : `${run.redacted} values redacted`}
				</Chip>
			)}
			{run.expiresAt && (
				<span className="max-lg:hidden">
					Link ends <TimeLeft until={run.expiresAt} />
				</span>
			)}
			<CloneLink run={run} token={token} />
		</div>
	);
}

function EndOf({ run }: { run: Shared["run"] }) {
	if (!run.expiresAt) return null;
	return (
		<>
			, until it ends <TimeLeft until={run.expiresAt} />
		</>
	);
}
