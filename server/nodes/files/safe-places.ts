/**
 * The beginning of the program: it goes into one folder after the other, looks where it is each time and works with plain
 * names there, which no link can lead elsewhere meanwhile. What another command puts a link in the place of is refused as
 * that link is.
 */
export const SAFE_PLACES = `
"use strict";
const fs = require("node:fs");
const { createHash } = require("node:crypto");
const { join, resolve, relative } = require("node:path");
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = fs.constants;

const ROOT = process.cwd();
const MAX_LINKS = 20;
const ask = JSON.parse(fs.readFileSync(0, "utf8"));

class Problem extends Error {
  constructor(message, again = false) {
    super(message);
    this.again = again;
  }
}
const shown = (parts) => "“" + (parts.join("/") || ".") + "”";
const isInside = (directory) => directory === ROOT || directory.startsWith(ROOT + "/");
const split = (path) => path.split("/").filter((part) => part !== "" && part !== ".");
const leadsOut = (parts) => new Problem(shown(parts) + " leads out of the workspace, where this step reads and writes nothing. Copy what it leads to into the workspace with a shell step.");
const changed = () => new Problem("Another command moved folders while this step worked in them. Try again.", true);

const WORDS = {
  ENOENT: ["There is no ", " in the workspace."],
  ENOTDIR: ["", " is no folder, or lies below something that is none."],
  EACCES: ["", " may not be read or changed."],
  EPERM: ["", " may not be read or changed."],
  ELOOP: ["", " is a link that leads to itself."],
  ENAMETOOLONG: ["", " is too long for a path."],
};
function explain(error, parts) {
  if (error instanceof Problem) return error;
  if (error.code === "ENOSPC") return new Problem("The disk of the runner is full. Delete what is no longer needed there.", true);
  const words = WORDS[error.code];
  if (words) return new Problem(words[0] + shown(parts) + words[1]);
  return new Problem(shown(parts) + " could not be worked with: " + (error.code || error.message) + ".", true);
}
function on(parts, work) {
  try {
    return work();
  } catch (error) {
    throw explain(error, parts);
  }
}

function enter(parts, makes = false) {
  process.chdir(ROOT);
  parts.forEach((part, index) => {
    const here = parts.slice(0, index + 1);
    on(here, () => {
      if (makes) makeFolder(part);
      process.chdir(part);
    });
    if (!isInside(process.cwd())) throw leadsOut(here);
  });
}
function makeFolder(name) {
  try {
    fs.mkdirSync(name);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}
function enterParent(parts, makes) {
  enter(parts.slice(0, -1), makes);
  return parts[parts.length - 1];
}
function statOf(name) {
  return fs.lstatSync(name, { throwIfNoEntry: false });
}
/** Where a link in the present folder leads. */
function follow(name, parts) {
  const target = resolve(process.cwd(), fs.readlinkSync(name));
  if (!isInside(target)) throw leadsOut(parts);
  return split(relative(ROOT, target));
}
/** The path behind links at its end; its folder is the present one afterwards. */
function settle(parts, makes = false) {
  let at = parts;
  for (let links = 0; links < MAX_LINKS; links++) {
    if (at.length === 0) {
      process.chdir(ROOT);
      return { parts: at, name: ".", stat: statOf(".") };
    }
    const name = enterParent(at, makes);
    const stat = on(at, () => statOf(name));
    if (!stat || !stat.isSymbolicLink()) return { parts: at, name, stat };
    at = on(at, () => follow(name, parts));
  }
  throw explain({ code: "ELOOP" }, parts);
}
function openFile(asked) {
  const { parts, name, stat } = settle(asked);
  if (!stat) throw explain({ code: "ENOENT" }, asked);
  if (!stat.isFile()) throw new Problem(shown(asked) + (stat.isDirectory() ? " is a folder. List it, or name a file in it." : " is no plain file."));
  const file = on(parts, () => fs.openSync(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  const opened = fs.fstatSync(file);
  if (opened.isFile()) return { file, stat: opened };
  throw changed();
}

function pour(from, to) {
  const piece = Buffer.allocUnsafe(1 << 20);
  let total = 0;
  for (let read = fs.readSync(from, piece); read > 0; read = fs.readSync(from, piece)) {
    for (let at = 0; at < read; ) at += fs.writeSync(to, piece, at, read - at);
    total += read;
  }
  return total;
}
/** Writes into the present folder: whole or not at all, and never through what stands at the name. */
function put(source, name, mode) {
  const temporary = ".weft-" + createHash("sha256").update(name).digest("hex").slice(0, 24);
  fs.rmSync(temporary, { force: true });
  const file = fs.openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  try {
    const bytes = pour(source, file);
    fs.renameSync(temporary, name);
    return bytes;
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  } finally {
    fs.closeSync(file);
  }
}
function putFile(source, parts, mode) {
  const target = settle(parts, true);
  if (target.stat && !target.stat.isFile()) throw new Problem("There is something at " + shown(parts) + " that is no file. Delete it first, or choose another path.");
  return on(parts, () => put(source, target.name, target.stat ? target.stat.mode & 0o777 : mode));
}

/** Goes through a folder and, to that depth, those in it. Links are named, and never followed. */
function walk(parts, depth, visit) {
  enter(parts);
  let count = 0;
  const look = (path, left) => {
    const here = process.cwd();
    for (const name of fs.readdirSync(".").sort()) {
      if (++count > ask.maxLooked) throw new Problem("There are more than " + ask.maxLooked.toLocaleString("en-US") + " files and folders in " + shown(parts) + ". Begin further inside.");
      const stat = statOf(name);
      if (!stat) continue;
      const inner = [...path, name];
      if (visit(inner, stat) === false || !stat.isDirectory() || left <= 1) continue;
      if (!tryEnter(name)) continue;
      if (process.cwd() !== join(here, name)) throw changed();
      look(inner, left - 1);
      process.chdir("..");
      if (process.cwd() !== here) throw changed();
    }
  };
  on(parts, () => look([], depth));
}
function tryEnter(name) {
  try {
    process.chdir(name);
    return true;
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "EACCES") return false;
    throw error;
  }
}
const typeOf = (stat) => (stat.isFile() ? "file" : stat.isDirectory() ? "folder" : stat.isSymbolicLink() ? "link" : "other");
const describe = (parts, stat) => ({ path: parts.join("/"), type: typeOf(stat), bytes: stat.isFile() ? stat.size : 0, modified: stat.mtime.toISOString() });
`;
