import { CopyPlus, Eye, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Slash } from "@/components/shell/slash";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Brand } from "@/components/ui/mark";
import { TimeLeft } from "@/components/ui/time-left";
import type { Shared } from "./share-client";

interface Of {
	/** A run or a workflow. */
	run: Pick<Shared["run"], "teamName" | "shows" | "redacted" | "expiresAt">;
	token: string;
}

interface SharedBarProps extends Of {
	run: Shared["run"];
	status: ReactNode;
}

/** Whose run it is, that it can only be looked at, and for how long. */
export function SharedBar({ run, token, status }: SharedBarProps) {
	return (
		<SharedHead run={run} token={token}>
			<span className="min-w-0 truncate font-semibold text-ink">{run.workflow.name}</span>
			<Slash />
			<h1 className="font-semibold text-13 text-ink tabular-nums">
				<span className="sr-only">Run </span>
				{run.number}
			</h1>
			{status}
		</SharedHead>
	);
}

/** The bar of whatever is shared. */
export function SharedHead({ run, token, children }: Of & { children: ReactNode }) {
	return (
		<header className="col-span-full flex h-12 min-w-0 items-center gap-3 border-line border-b bg-page px-4">
			<a href="/" aria-label="Weft" className="rounded-2">
				<Brand />
			</a>
			<span aria-hidden="true" className="h-5 w-px flex-none bg-line" />
			<div className="flex min-w-0 flex-1 items-center gap-1.5 whitespace-nowrap text-ink-2">
				<span className="truncate max-lg:hidden">Shared by {run.teamName}</span>
				<span className="max-lg:hidden">
					<Slash />
				</span>
				{children}
			</div>
			<Terms run={run} token={token} />
		</header>
	);
}

/** The same at the foot of a phone's page. */
export function SharedBy({ run, token }: Of) {
	return (
		<div className="grid grid-cols-1 gap-3">
			<p className="flex items-center gap-2 text-12 text-ink-3">
				<Eye aria-hidden="true" className="size-3.5 flex-none" />
				<span className="line-clamp-2 min-w-0 wrap-anywhere">
					Shared by {run.teamName}, read-only
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
			<a href={`/share/${token}/clone`}>
				<CopyPlus aria-hidden="true" />
				Clone this workflow
			</a>
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
					Link expires <TimeLeft until={run.expiresAt} />
				</span>
			)}
			<CloneLink run={run} token={token} />
		</div>
	);
}

function EndOf({ run }: { run: Of["run"] }) {
	if (!run.expiresAt) return null;
	return (
		<>
			, expires <TimeLeft until={run.expiresAt} />
		</>
	);
}
