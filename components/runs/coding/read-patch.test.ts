import { expect, test } from "vitest";
import { readPatch } from "./read-patch";

const PATCH = `diff --git a/src/a b.ts b/src/a b.ts
index 1..2 100644
--- a/src/a b.ts	
+++ b/src/a b.ts	
@@ -48,4 +48,4 @@ function total() {
 same
--- old
+++ new

 last
\\ No newline at end of file
@@ -90 +90,2 @@
 x
+y
diff --git a/logo.png b/logo.png
new file mode 100644
index 0..3
GIT binary patch
literal 3
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-bye
`;

test("the files of a patch have their lines with both numbers, also where a line looks like a head", () => {
	const [first, picture, gone, ...others] = readPatch(PATCH);
	expect(others).toEqual([]);
	expect(first).toMatchObject({ path: "src/a b.ts", isBinary: false, lineCount: 7 });
	expect(first?.hunks.map(({ head }) => head)).toEqual(["@@ -48,4 +48,4 @@ function total() {", "@@ -90 +90,2 @@"]);
	expect(first?.hunks[0]?.lines).toEqual([
		{ kind: "same", text: "same", before: 48, after: 48 },
		{ kind: "removed", text: "-- old", before: 49 },
		{ kind: "added", text: "++ new", after: 49 },
		{ kind: "same", text: "", before: 50, after: 50 },
		{ kind: "same", text: "last", before: 51, after: 51 },
	]);
	expect(picture).toMatchObject({ path: "logo.png", isBinary: true, hunks: [] });
	expect(gone).toMatchObject({ path: "gone.txt", hunks: [{ lines: [{ kind: "removed", text: "bye", before: 1 }] }] });
});

test("what is no patch has no files", () => {
	expect(readPatch("")).toEqual([]);
	expect(readPatch("@@ -1 +1 @@\n-a\n+b\n")).toEqual([]);
});
