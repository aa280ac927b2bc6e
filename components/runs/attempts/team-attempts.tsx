"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { formatCost, formatCount } from "@/components/ui/format/format-number";
import { FieldError } from "@/components/ui/forms/field";
import { GuardedButton } from "@/components/ui/guarded";
import { isObject } from "@/server/plan/values/json";
import type { StepState } from "@/server/runs/state";
import { ApprovalQuestion, useDecision } from "../step/step-approval";
import { approvalOf, type Wait } from "../step/step-decision";
import type { TeamRunScreen } from "../use-run-screen";
import { Attempts } from "./attempts";
import type { Compared } from "./compared";

interface TeamAttemptsProps extends Compared {
	screen: TeamRunScreen;
}

/** Several attempts as a member of the team sees them: with who won before, and with the choice while it is open. */
export function TeamAttempts({ screen, node, step, iteration, wide }: TeamAttemptsProps) {
	const trpc = useTRPC();
	const { data, refetch } = useQuery(
		trpc.runs.attemptRecord.queryOptions({ team: screen.team, runId: screen.run.id, nodeId: node.id }),
	);
	const isOver = step?.phase.status === "completed";
	useEffect(() => {
		// The choice of this run counts from now on.
		if (isOver) void refetch();
	}, [isOver, refetch]);
	const records = new Map(data?.map((record) => [record.name, describeRecord(record)]));
	const wait = screen.film.at === null ? approvalOf(step) : null;
	const shown = { screen, node, iteration, wide, records };
	if (step && wait?.by === "choice") return <Choice key={wait.question} {...shown} step={step} wait={wait} />;
	return <Outcome {...shown} step={step} />;
}

interface ShownProps extends Omit<TeamAttemptsProps, "step"> {
	records: ReadonlyMap<string, string>;
}

/** Who is asked, and the buttons that take one, or none. */
function Choice({ screen, step, wait, ...shown }: ShownProps & { step: StepState; wait: Wait }) {
	const decision = useDecision({ team: screen.team, runId: screen.run.id }, step, wait);
	const [field] = wait.fields;
	const preferred = field && typeof field.default === "string" ? field.default : undefined;
	const { whyNot, busy } = decision;
	const take = (attempt: string) => decision.send("approved", { attempt });
	return (
		<Attempts screen={screen} {...shown} preferred={preferred} taking={{ take, whyNot, busy }}>
			<div className="flex flex-wrap items-end gap-3">
				<div className="min-w-0 flex-1">
					<ApprovalQuestion step={step} wait={{ ...wait, fields: [] }} decision={decision} />
				</div>
				<GuardedButton whyNot={whyNot} disabled={busy} onClick={() => decision.send("declined")}>
					Take none
				</GuardedButton>
			</div>
		</Attempts>
	);
}

/** What came of it, once that is known. */
function Outcome({ screen, step, ...shown }: ShownProps & { step: StepState | undefined }) {
	const isDone = step?.phase.status === "completed" && screen.film.at === null;
	const { nodeId, iteration } = step ?? { nodeId: shown.node.id, iteration: shown.iteration };
	const { data, error } = useQuery({ ...screen.reader.step({ nodeId, iteration }), enabled: isDone });
	const output = isDone && isObject(data?.output) ? data.output : {};
	const taken = typeof output.taken === "string" ? output.taken : undefined;
	return (
		<Attempts screen={screen} {...shown} taken={taken}>
			{error && <FieldError>{errorText(error)}</FieldError>}
			{isDone && typeof output.by === "string" && <p className="break-words">{describeEnd(taken, output)}</p>}
		</Attempts>
	);
}

function describeEnd(taken: string | undefined, { by, reason }: Readonly<Record<string, unknown>>): ReactNode {
	const who = by === "rule" ? "The rule" : by === "judge" ? "The judge" : String(by);
	return `${who} took ${taken === undefined ? "none" : `“${taken}”`}. ${reason === "Chosen by hand." ? "" : String(reason)}`;
}

/** `Won 7 of 9 here, $0.12 a win`. */
function describeRecord({ won, of, costPerWinUsd }: Outputs["runs"]["attemptRecord"][number]): string {
	const price = costPerWinUsd === null ? "" : `, ${formatCost(costPerWinUsd)} a win`;
	return `Won ${formatCount(won)} of ${formatCount(of)} here${price}`;
}
