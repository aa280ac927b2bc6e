import { expect, test } from "vitest";
import { catalog, type NodeType } from "@/server/nodes/catalog";
import { findTypes } from "./find-types";

const FIRST: Record<string, NodeType> = {
	api: "http-request",
	fetch: "http-request",
	curl: "http-request",
	request: "http-request",
	webhook: "webhook",
	subworkflow: "run-workflow",
	microsoft: "teams",
	branch: "condition",
	if: "condition",
	IF: "condition",
	else: "condition",
	code: "transform",
	js: "transform",
	javascript: "transform",
	map: "transform",
	filter: "transform",
	note: "comment",
	remark: "comment",
	set: "state",
	variable: "state",
	wait: "delay",
	sleep: "delay",
	timer: "delay",
	human: "approval",
	review: "approval",
	bash: "shell",
	terminal: "shell",
	ai: "llm",
	gpt: "llm",
	claude: "llm",
	chat: "llm",
	iterate: "for-each",
	each: "for-each",
	list: "for-each",
	repeat: "loop",
	while: "loop",
	until: "loop",
	route: "switch",
	case: "switch",
	result: "output",
	return: "output",
	respond: "output",
};

test.each(Object.entries(FIRST))("%s means %s", (search, type) => {
	expect(findTypes(search)[0]).toBe(type);
});

test("the beginning of a title wins over every other way to be found", () => {
	expect(findTypes("comm")[0]).toBe("comment");
	expect(findTypes("loop")[0]).toBe("loop");
	expect(findTypes("for each")[0]).toBe("for-each");
	expect(findTypes("http req")[0]).toBe("http-request");
});

test("every word of a search counts", () => {
	expect(findTypes("list iterate")).toEqual(["for-each"]);
	expect(findTypes("shell nonsense")).toEqual([]);
});

test("letters left out of a title are forgiven, too few letters are not guessed at", () => {
	expect(findTypes("tnsfm")).toEqual(["transform"]);
	expect(findTypes("zq")).toEqual([]);
});

test("without a search every type is listed", () => {
	expect(findTypes("  ").toSorted()).toEqual(Object.keys(catalog).toSorted());
});
