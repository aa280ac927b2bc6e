const silent = () => {};

/** The SDK reports every error of a function; in scenarios they are meant. */
export const silentLogger = { info: silent, warn: silent, error: silent, debug: silent };
