import { expect, test } from "vitest";
import { z } from "zod";
import { explainMismatch, patternProblem } from "./match-alert";
import { formatMatcher, parseMatchers } from "./matchers";
import { sampleNotice } from "./sample-notice";

test.each([
	['severity="critical"', ['severity="critical"']],
	["severity=critical", ['severity="critical"']],
	[' severity != "info" ', ['severity!="info"']],
	['instance=~"web-\\d+"', ['instance=~"web-\\\\d+"']],
	["job!~node|etcd", ['job!~"node|etcd"']],
	['{severity="critical", team=~"a|b,c"}', ['severity="critical"', 'team=~"a|b,c"']],
	['severity="critical",env=prod', ['severity="critical"', 'env="prod"']],
	['{ "größe"="XL" }', ['"größe"="XL"']],
	['größe="XL",', ['"größe"="XL"']],
	['summary="says \\"no\\"\\n"', ['summary="says \\"no\\"\\n"']],
	["team=", ['team=""']],
	["instance=~web-[0-9]{2}:9100", ['instance=~"web-[0-9]{2}:9100"']],
])("%s is read as Alertmanager reads it", (text, expected) => {
	expect(parseMatchers(text).matchers?.map(formatMatcher)).toEqual(expected);
});

test.each([
	["", 'Write a matcher, as in severity="critical".'],
	["{}", 'Write a matcher, as in severity="critical".'],
	["severity", "Write =, !=, =~ or !~ behind severity."],
	['="x"', 'The name of a label is missing before ="x".'],
	['severity="critical', "The quotes are not closed."],
	['{severity="critical"', "A comma is missing at the end."],
	['severity="critical" env="prod"', 'A comma is missing before env="prod".'],
	['severity=a"b"', 'Put quotes around the whole value: a"b".'],
])("%s is refused", (text, problem) => {
	expect(parseMatchers(text).problem).toBe(problem);
});

test("all matchers must hold, patterns match the whole value, and a label that is missing is empty", () => {
	const labels = { severity: "critical", instance: "web-12", größe: "XL", text: "two\nlines" };
	const holds = (...texts: string[]) => explainMismatch(texts, labels) === undefined;
	expect(holds()).toBe(true);
	expect(holds('severity="critical"', 'instance=~"web-[0-9]+"', "größe=XL")).toBe(true);
	expect(holds('instance=~"web"')).toBe(false);
	expect(holds('instance!~"web"')).toBe(true);
	expect(holds('text=~"two.lines"')).toBe(true);
	expect(holds('team=""', 'team!="a"', 'team!~"a.+"', 'team=~"|a"')).toBe(true);
	expect(holds('team=~".+"')).toBe(false);
	expect(explainMismatch(['severity="critical"', '{env="prod"}'], labels)).toBe('env="prod" says no: it has no env.');
	expect(explainMismatch(['instance!~"web-.*"'], labels)).toBe('instance!~"web-.*" says no: instance is "web-12".');
	expect(explainMismatch(['toString="x"'], labels)).toBe('toString="x" says no: it has no toString.');
});

test("a pattern takes time in proportion to what it reads, and one that cannot be read matches nothing", () => {
	const evil = { label: "a", operator: "=~", value: "(a+)+$" } as const;
	expect(patternProblem(evil)).toBeUndefined();
	expect(explainMismatch(['a=~"(a+)+$"'], { a: `${"a".repeat(20_000)}!` })).toBeDefined();
	expect(patternProblem({ ...evil, value: "(" })).toContain("cannot be read");
	expect(patternProblem({ ...evil, value: "(?=x)" })).toContain("cannot be read");
	expect(explainMismatch(['a!~"("'], { a: "b" })).toBeDefined();
});

test.each([
	[[]],
	[['severity=~"page|error"', "team=shop"]],
	[['alertname=~"KubePod.+|PodCrash"', 'instance!="web-1"']],
	[['team!=""', 'instance!~"web.*"', '"größe"="XL"']],
])("a sample of an alert passes the matchers %j", (matchers) => {
	const { commonLabels } = sampleNotice(matchers);
	expect(explainMismatch(matchers, z.record(z.string(), z.string()).parse(commonLabels))).toBeUndefined();
});
