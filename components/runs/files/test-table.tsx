import { formatDuration } from "@/components/ui/format/format-time";
import type { TestResult } from "./read-tests";

const LOOKS = { passed: "text-done", failed: "text-failed", skipped: "text-ink-3" } as const;

/** The tests of a report, with what came of each. */
export function TestTable({ tests }: { tests: readonly TestResult[] }) {
	const count = (status: TestResult["status"]) => tests.filter((test) => test.status === status).length;
	return (
		<>
			<p className="pb-2 text-12 text-ink-2">
				{tests.length} tests: {count("passed")} passed, {count("failed")} failed, {count("skipped")} skipped
			</p>
			<section
				aria-label="Tests"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
				tabIndex={0}
				className="max-h-[60dvh] overflow-auto rounded-2 border border-line"
			>
				<table className="w-full border-collapse text-12">
					<thead className="sr-only">
						<tr>
							<th scope="col">Result</th>
							<th scope="col">Test</th>
							<th scope="col">Time</th>
						</tr>
					</thead>
					<tbody>
						{tests.map((test, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: reports name tests twice
							<tr key={index} className="border-line-soft border-t align-top first:border-t-0">
								<td className={`w-20 px-3 py-1.5 font-medium ${LOOKS[test.status]}`}>{test.status}</td>
								<td className="px-3 py-1.5">
									<span className="block break-words">{test.name}</span>
									<span className="block break-words text-11 text-ink-3">{test.suite}</span>
									{test.message !== undefined && (
										<span className="block whitespace-pre-wrap break-words pt-1 text-ink-2">{test.message}</span>
									)}
								</td>
								<td className="w-20 whitespace-nowrap px-3 py-1.5 text-right text-ink-3 tabular-nums">
									{test.seconds !== undefined && formatDuration(test.seconds * 1_000)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</>
	);
}
