import { forgetEnv } from "../server/env";
import { forgetOncePerProcess } from "../server/once-per-process";

/** Before each file of those that share their modules: it begins as in a process of its own. */
forgetEnv();
forgetOncePerProcess();
