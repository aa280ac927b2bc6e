import type { FormField } from "@/server/plan/form-field";
import { MessagePage } from "../ui/message-page";
import { StatusPill } from "../ui/run-state/state-icon";
import { StartLink } from "../ui/start-link";
import { DecideForm, type DecideState } from "./decide-form";

interface OpenLink {
	state: "open";
	workflow: string;
	runNumber: number;
	team: string;
	address: string;
	token: string;
	asked: { message: string; fields: readonly FormField[]; until?: number | undefined };
	action: (before: DecideState, form: FormData) => Promise<DecideState>;
}

type DecidePageProps =
	| OpenLink
	| { state: "used" | "decided" | "over" | "refused"; decision: "approved" | "declined" | null }
	| { state: "unknown" };

/** What a mailed link shows: the question with its form, or why there is nothing to decide any more. */
export function DecidePage(props: DecidePageProps) {
	switch (props.state) {
		case "open":
			return <OpenDecision {...props} />;
		case "used":
			return (
				<MessagePage action={<StartLink />} title={props.decision === "declined" ? "You declined" : "You approved"}>
					The run goes on with your decision. It cannot be taken back, and this link is used up.
				</MessagePage>
			);
		case "decided":
			return (
				<MessagePage action={<StartLink />} title={`It was ${props.decision ?? "decided"} already`}>
					Somebody else was asked too, and decided first. There is nothing left to do.
				</MessagePage>
			);
		case "over":
			return (
				<MessagePage action={<StartLink />} title="It is not open any more">
					Nobody decided in time, or the run has ended. If it is still needed, ask whoever runs it to start it again.
				</MessagePage>
			);
		case "refused":
			return (
				<MessagePage action={<StartLink />} title="This is not yours to decide any more">
					The member with this address may not decide it, or has left the team. Ask an admin of the team.
				</MessagePage>
			);
		case "unknown":
			return (
				<MessagePage action={<StartLink />} title="This link does not work">
					Copy the whole address from the mail. If its run was deleted, there is nothing to decide.
				</MessagePage>
			);
	}
}

function OpenDecision({ workflow, runNumber, team, address, token, asked, action }: OpenLink) {
	return (
		<div className="flex min-h-dvh flex-col bg-panel">
			<header className="flex h-13 flex-none items-center border-line border-b bg-page px-4">
				<div className="mx-auto w-full min-w-0 max-w-150">
					<h1 className="truncate text-[15px]">{workflow}</h1>
					<p className="truncate text-12 text-ink-3 leading-[18px] tabular-nums">
						Run {runNumber} · {team}
					</p>
				</div>
			</header>
			<DecideForm token={token} fields={asked.fields} action={action}>
				<StatusPill state="waiting">Waiting for you</StatusPill>
				<p className="mt-3 mb-1 whitespace-pre-wrap break-words text-[20px] leading-7">{asked.message}</p>
				<p className="mb-4 break-words text-12 text-ink-3">
					Mailed to {address}.{asked.until !== undefined && ` Open until ${momentOf(asked.until)}.`}
				</p>
			</DecideForm>
		</div>
	);
}

/** In universal time: the server does not know where the mail is read. */
function momentOf(time: number): string {
	return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
