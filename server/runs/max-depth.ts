/** How many runs may start each other, by calls or events: the run at the end of such a chain starts no further one. */
export const MAX_DEPTH = 25;
