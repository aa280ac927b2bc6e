/** Keys that reach into JavaScript's objects. */
export const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);
