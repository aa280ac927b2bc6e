import { probeSandbox } from "../../server/runners/sandbox";
import { installOnDebian } from "./install-on-debian";

/** Sees to it that the tests of escapes have a sandbox to try, where one can be had, and says so where not. */
const before = await probeSandbox([]);
if (before.state === "missing") installOnDebian("bubblewrap", "the tests of escapes");
const { state } = before.state === "missing" ? await probeSandbox([]) : before;
if (state === "on") console.log("The sandbox works: every escape is tried.");
else console.log(`There is no sandbox here (bubblewrap is ${state}): the tests that need one are skipped.`);
