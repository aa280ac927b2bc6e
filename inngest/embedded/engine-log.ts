/** What the engine needs of a logger; pino's fits. */
export interface EngineLog {
	info(context: object, message: string): void;
	warn(context: object, message: string): void;
	error(context: object, message: string): void;
}
