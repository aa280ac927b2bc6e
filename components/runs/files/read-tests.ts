export interface TestResult {
	suite: string;
	name: string;
	status: "passed" | "failed" | "skipped";
	seconds: number | undefined;
	/** What went wrong. */
	message: string | undefined;
}

/** So many are shown. */
const MAX_TESTS = 2_000;

/** The tests of a JUnit report, those that failed first; undefined for XML that is none. */
export function readTests(xml: string): TestResult[] | undefined {
	const page = new DOMParser().parseFromString(xml, "text/xml");
	const root = page.documentElement.localName;
	if (page.querySelector("parsererror") || (root !== "testsuites" && root !== "testsuite")) return undefined;
	const tests = [...page.querySelectorAll("testcase")].slice(0, MAX_TESTS).map(readTest);
	return tests.toSorted((a, b) => Number(b.status === "failed") - Number(a.status === "failed"));
}

function readTest(test: Element): TestResult {
	const failure = test.querySelector("failure, error");
	const seconds = Number(test.getAttribute("time") ?? Number.NaN);
	return {
		suite: test.getAttribute("classname") ?? test.closest("testsuite")?.getAttribute("name") ?? "",
		name: test.getAttribute("name") ?? "",
		status: failure ? "failed" : test.querySelector("skipped") ? "skipped" : "passed",
		seconds: Number.isFinite(seconds) ? seconds : undefined,
		message: failure ? failure.getAttribute("message") || failure.textContent?.trim() || undefined : undefined,
	};
}
