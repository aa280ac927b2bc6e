import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { errorCode } from "../errors";
import type { LeftFile, LeftFiles } from "./runner";

/** A folder of any size is looked through without filling the memory; of what lies beyond, one name is told. */
const MAX_ENTRIES = 10_000;
const MAX_DEPTH = 20;

/** What a command left in a folder. Links are not followed: they may lead anywhere. Called when the command has ended. */
export async function listLeftFiles(root: string): Promise<LeftFiles> {
	const files: LeftFile[] = [];
	const refused: { name: string; reason: string }[] = [];
	const folders = [""];
	let count = 0;
	if (!(await lstat(root).catch(() => undefined))?.isDirectory()) {
		return { files, refused: [{ name: "$WEFT_ARTIFACTS", reason: "was replaced by something that is no folder" }] };
	}
	for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
		for (const raw of await readdir(join(root, folder), { encoding: "buffer" })) {
			count++;
			const name = `${folder}${raw.toString("utf8")}`;
			if (count > MAX_ENTRIES) {
				refused.push({ name, reason: `and what follows are left out: a step leaves at most ${MAX_ENTRIES} files` });
				return { files: files.toSorted(byName), refused };
			}
			if (!raw.equals(Buffer.from(raw.toString("utf8")))) {
				refused.push({ name, reason: "has a name that is no UTF-8" });
				continue;
			}
			const path = join(root, name);
			const stat = await lstat(path);
			if (stat.isDirectory() && name.split("/").length < MAX_DEPTH) folders.push(`${name}/`);
			else if (stat.isFile()) files.push({ name, size: stat.size, open: () => openFile(path) });
			else refused.push({ name, reason: whyNot(stat) });
		}
	}
	return { files: files.toSorted(byName), refused };
}

function whyNot(stat: { isDirectory(): boolean; isSymbolicLink(): boolean }): string {
	if (stat.isDirectory()) return "is a folder in too many others";
	return stat.isSymbolicLink() ? "is a link, which is not followed: copy the file itself" : "is no plain file";
}

/** Refuses what took the file's place since it was listed, and waits for no pipe. */
async function openFile(path: string): Promise<Readable> {
	const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
		throw errorCode(error) === "EACCES" ? new Error("may not be read") : error;
	});
	if ((await file.stat()).isFile()) return file.createReadStream();
	await file.close();
	throw new Error("is no plain file any more");
}

function byName(a: LeftFile, b: LeftFile): number {
	return a.name < b.name ? -1 : 1;
}
