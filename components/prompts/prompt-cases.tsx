"use client";

import { Plus, Square, TestTubes } from "lucide-react";
import { useState } from "react";
import { describeExpectation } from "@/server/plan/prompts/prompt-case";
import { useWhyNot } from "../shell/why-not";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { formatCost, formatCount } from "../ui/format/format-number";
import { GuardedButton } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import { CaseDialog } from "./case-dialog";
import { CasesVerdict } from "./cases-verdict";
import type { PromptCases as Cases, ShownCase } from "./use-prompt-cases";
import type { Prompt, PromptWork } from "./use-prompt-work";

interface PromptCasesProps {
	team: string;
	prompt: Prompt;
	work: PromptWork;
	tests: Cases;
}

/** What the prompt is tested with, and how each case came out with the text as it is now. */
export function PromptCases({ team, prompt, work, tests }: PromptCasesProps) {
	const whyNot = useWhyNot("prompt:edit");
	const [open, setOpen] = useState<ShownCase | "new" | null>(null);
	const { list, cases, isRunning, done, problem } = tests;
	const mistake = work.problems[0] && `Line ${work.problems[0].line}: ${work.problems[0].message}`;
	const add = (
		<GuardedButton whyNot={whyNot} onClick={() => setOpen("new")}>
			<Plus />
			Add case
		</GuardedButton>
	);
	return (
		<div className="flex h-full min-h-0 flex-col">
			{cases.length > 0 && (
				<div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-4 py-2 text-12">
					<CasesVerdict {...{ cases, isRunning, done }} />
					<span className="ml-auto flex gap-2">
						{add}
						{isRunning ? (
							<Button onClick={tests.stop}>
								<Square />
								Stop
							</Button>
						) : (
							<GuardedButton whyNot={whyNot ?? mistake} onClick={() => void tests.run()}>
								<TestTubes />
								Run all
							</GuardedButton>
						)}
					</span>
				</div>
			)}
			{problem && (
				<p role="alert" className="border-line border-b px-4 py-2 text-12 text-failed">
					{problem}
				</p>
			)}
			<div className="min-h-0 flex-1 overflow-y-auto">
				{list.isPending && <SkeletonRows rows={5} rowClassName="h-9" label="Loading the test cases" />}
				{list.error && (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				)}
				{list.data?.length === 0 && (
					<EmptyState title="No test cases yet" className="pt-14" action={add}>
						A case keeps sample data and what the answer has to be like. Before you save a version you see which cases
						fail.
					</EmptyState>
				)}
				{cases.length > 0 && <CaseTable cases={cases} onOpen={setOpen} />}
			</div>
			{open && (
				<CaseDialog
					{...{ team, prompt, work }}
					given={open === "new" ? undefined : open}
					onClose={() => setOpen(null)}
				/>
			)}
		</div>
	);
}

function CaseTable({ cases, onOpen }: { cases: readonly ShownCase[]; onOpen: (given: ShownCase) => void }) {
	return (
		<Table aria-label="Test cases">
			<thead className="phone:sr-only">
				<tr>
					<HeadCell className="first:pl-4">Case</HeadCell>
					<HeadCell className="w-[30%]">Expected</HeadCell>
					<HeadCell className="w-20">Result</HeadCell>
					<HeadCell numeric className="w-16">
						Tokens
					</HeadCell>
					<HeadCell numeric className="w-16 last:pr-4">
						Cost
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{cases.map((each) => (
					<CaseRow key={each.id} given={each} onOpen={() => onOpen(each)} />
				))}
			</tbody>
		</Table>
	);
}

const STACKED =
	"phone:grid phone:grid-cols-[minmax(0,1fr)_auto] phone:gap-x-2 phone:border-line-soft phone:border-b phone:py-2 phone:[&>td]:h-auto phone:[&>td]:border-b-0";

function CaseRow({ given, onOpen }: { given: ShownCase; onOpen: () => void }) {
	const { name, expectation, now } = given;
	const usage = now?.usage;
	return (
		<Row className={STACKED}>
			<Cell className="whitespace-normal py-1.5 first:pl-4">
				<button type="button" className="text-left font-medium hover:underline" onClick={onOpen}>
					{name}
				</button>
				{now && !now.passed && <span className="block text-12 text-failed">{now.reason}</span>}
			</Cell>
			<Cell
				className="text-ink-2 phone:order-last phone:col-span-2 phone:pl-4"
				title={describeExpectation(expectation)}
			>
				{describeExpectation(expectation)}
			</Cell>
			<Cell className="phone:pr-4">
				<Chip tone={now === undefined ? "line" : now.passed ? "good" : "bad"}>
					{now === undefined ? "not run" : now.passed ? "passes" : "fails"}
				</Chip>
			</Cell>
			<Cell numeric className="phone:hidden">
				{usage ? formatCount(usage.inputTokens + usage.outputTokens) : ""}
			</Cell>
			<Cell numeric className="last:pr-4 phone:hidden">
				{usage ? formatCost(usage.costUsd) : ""}
			</Cell>
		</Row>
	);
}
