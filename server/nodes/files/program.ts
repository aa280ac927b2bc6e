import { SAFE_PLACES } from "./safe-places";

/**
 * Does one action on the files of the workspace, as JSON on standard input asks, and answers with JSON on standard output.
 * Node.js runs it in the workspace, without anything of Weft beside it.
 */
export const FILES_PROGRAM =
	SAFE_PLACES +
	`
/** One part of a path: "*" stands for any characters, "?" for one. Goes back to the last star only. */
function matchesPart(pattern, text) {
  let p = 0, t = 0, star = -1, from = 0;
  while (t < text.length) {
    if (pattern[p] === "*") [star, from] = [p++, t];
    else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) p++, t++;
    else if (star >= 0) [p, t] = [star + 1, ++from];
    else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
/** The whole path: a part "**" stands for any number of folders, none included. */
function matches(pattern, path) {
  let p = 0, t = 0, star = -1, from = 0;
  while (t < path.length) {
    if (pattern[p] === "**") [star, from] = [p++, t];
    else if (p < pattern.length && matchesPart(pattern[p], path[t])) p++, t++;
    else if (star >= 0) [p, t] = [star + 1, ++from];
    else return false;
  }
  while (pattern[p] === "**") p++;
  return p === pattern.length;
}

const from = split(ask.path);
const to = split(ask.to || "");
const ACTIONS = {
  read() {
    const { file, stat } = openFile(from);
    const bytes = stat.size;
    if (ask.as !== "file" && bytes <= ask.maxText) {
      const content = fs.readFileSync(file);
      if (isText(content)) return { bytes: content.length, text: content.toString("utf8") };
      if (ask.as !== "auto") throw new Problem(shown(from) + " is binary. Read it as a file of the run.");
      fs.writeFileSync(join(process.env.WEFT_ARTIFACTS, from[from.length - 1]), content, { flag: "wx" });
      return { bytes: content.length };
    }
    if (ask.as !== "file" && ask.as !== "auto") throw new Problem(shown(from) + " is larger than " + ask.maxText / 1e6 + " MB. Read it as a file of the run.");
    const kept = fs.openSync(join(process.env.WEFT_ARTIFACTS, from[from.length - 1]), "wx");
    return { bytes: pour(file, kept) };
  },
  write() {
    const source = fs.openSync(ask.handed ? join(process.env.WEFT_FILES, "content") : join(process.env.WEFT_COMMAND_FILES, "content"), O_RDONLY);
    const { stat } = settle(from, true);
    if (stat && ask.ifExists === "fail") {
      if (stat.isFile() && isSame(source, openFile(from).file)) return { bytes: stat.size, existed: true };
      throw exists(from);
    }
    return { bytes: putFile(source, from, 0o666), existed: stat !== undefined };
  },
  list() {
    const files = [];
    walk(from, ask.recursive ? Infinity : 1, (path, stat) => {
      take(files, describe([...from, ...path], stat));
      return path[path.length - 1] !== ".git";
    });
    return { files };
  },
  glob() {
    const files = [];
    const wanted = ask.patterns.filter((pattern) => !pattern.startsWith("!")).map(split);
    const unwanted = ask.patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => split(pattern.slice(1)));
    const meansGit = ask.patterns.some((pattern) => split(pattern).includes(".git"));
    const isMeant = (path) => (wanted.length === 0 || wanted.some((each) => matches(each, path))) && !unwanted.some((each) => matches(each, path));
    const depth = Math.max(...wanted.map((each) => (each.includes("**") ? Infinity : each.length)), wanted.length === 0 ? Infinity : 1);
    walk(from, depth, (path, stat) => {
      if (!stat.isDirectory() && isMeant(path)) take(files, describe([...from, ...path], stat));
      return meansGit || path[path.length - 1] !== ".git";
    });
    return { files };
  },
  copy() {
    const source = settle(from);
    if (!source.stat) throw explain({ code: "ENOENT" }, from);
    const target = settle(to, true);
    const mayStand = ask.ifExists !== "fail" || (ask.isAgain && source.stat.isDirectory());
    if (!source.stat.isDirectory()) {
      const { file, stat } = openFile(source.parts);
      if (target.stat && !mayStand) {
        if (target.stat.isFile() && isSame(file, openFile(target.parts).file)) return { files: 1, bytes: stat.size };
        throw exists(to);
      }
      return { files: 1, bytes: putFile(file, target.parts, stat.mode & 0o777) };
    }
    if (target.stat && !mayStand) throw exists(to);
    return copyFolder(source.parts, target.parts);
  },
  move() {
    // A retry goes on with what an earlier attempt had taken from its place.
    const between = join(ROOT, ".weft-moving-" + ask.key);
    const wasTaken = statOf(between) !== undefined;
    const name = enterParent(to, true);
    const target = process.cwd();
    const there = statOf(name);
    if (!wasTaken) {
      const source = enterParent(from);
      if (!statOf(source)) {
        if (ask.isAgain && there) return { existed: true };
        throw explain({ code: "ENOENT" }, from);
      }
      if (there && (ask.ifExists === "fail" || !there.isFile())) throw exists(to);
      if ((target + "/").startsWith(join(process.cwd(), source) + "/")) throw new Problem(shown(from) + " cannot be moved into itself. Choose a new path outside of it.");
      on(from, () => fs.renameSync(source, between));
    }
    try {
      enterParent(to, true);
      on(to, () => fs.renameSync(between, name));
    } catch (error) {
      fs.renameSync(between, enterParent(from));
      throw error;
    }
    return { existed: there !== undefined };
  },
  delete() {
    let stat;
    let name;
    try {
      name = enterParent(from);
      stat = statOf(name);
    } catch (error) {
      if (!(error instanceof Problem) || !error.message.startsWith("There is no")) throw error;
    }
    if (!stat) return { existed: false, files: 0 };
    return { existed: true, files: on(from, () => remove(name, stat)) };
  },
};

const exists = (parts) => new Problem("There is something at " + shown(parts) + " already. Delete it first, or choose another path.");
const isText = (content) => {
  if (content.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
};
function isSame(left, right) {
  const hash = (file) => {
    const sum = createHash("sha256");
    const piece = Buffer.allocUnsafe(1 << 20);
    for (let at = 0, read = 1; read > 0; at += read) {
      read = fs.readSync(file, piece, 0, piece.length, at);
      sum.update(piece.subarray(0, read));
    }
    return sum.digest("hex");
  };
  return hash(left) === hash(right);
}
function take(files, file) {
  if (files.length >= ask.maxListed) throw new Problem("These are more than " + ask.maxListed.toLocaleString("en-US") + " files. Name a folder further inside, or a narrower pattern.");
  files.push(file);
}
function copyFolder(source, target) {
  const inside = target.length >= source.length && source.every((part, index) => target[index] === part);
  if (inside) throw new Problem(shown(from) + " cannot be copied into itself. Choose a new path outside of it.");
  const found = [];
  let bytes = 0;
  walk(source, Infinity, (path, stat) => {
    found.push({ path, type: typeOf(stat), mode: stat.mode & 0o777 });
    bytes += stat.isFile() ? stat.size : 0;
    if (bytes > ask.maxCopied) throw new Problem(shown(from) + " holds more than " + ask.maxCopied / 1e9 + " GB. Copy it in a shell step.");
  });
  enter(target, true);
  let files = 0;
  let copied = 0;
  for (const { path, type, mode } of found) {
    if (type === "folder") enter([...target, ...path], true);
    else if (type === "link") copyLink([...source, ...path], [...target, ...path]);
    else if (type === "file") {
      const { file } = openFile([...source, ...path]);
      copied += putFile(file, [...target, ...path], mode);
      fs.closeSync(file);
    } else continue;
    if (type !== "folder") files++;
  }
  return { files, bytes: copied };
}
/** The link itself: what it leads to is looked at when somebody follows it. */
function copyLink(source, target) {
  const leads = on(source, () => fs.readlinkSync(enterParent(source)));
  const name = enterParent(target, true);
  on(target, () => {
    const stat = statOf(name);
    if (stat && !stat.isDirectory()) fs.unlinkSync(name);
    fs.symlinkSync(leads, name);
  });
}
function remove(name, stat) {
  if (!stat.isDirectory()) {
    fs.unlinkSync(name);
    return 1;
  }
  const here = process.cwd();
  fs.chmodSync(name, stat.mode | 0o700);
  process.chdir(name);
  if (process.cwd() !== join(here, name)) throw changed();
  let count = 0;
  for (const inner of fs.readdirSync(".")) {
    const found = statOf(inner);
    if (found) count += remove(inner, found);
  }
  process.chdir("..");
  if (process.cwd() !== here) throw changed();
  fs.rmdirSync(name);
  return count;
}

let answer;
try {
  const needsName = ask.action !== "list" && ask.action !== "glob";
  if (needsName && (from.length === 0 || (ask.to !== undefined && to.length === 0))) throw new Problem("The workspace itself stays as it is: name a file or a folder in it.");
  answer = ACTIONS[ask.action]();
} catch (error) {
  const problem = error instanceof Problem ? error : explain(error, from);
  answer = { problem: problem.message, again: problem.again };
}
process.stdout.write(JSON.stringify(answer));
`;
