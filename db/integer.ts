import { z } from "zod";

/** The largest number that a column of type `integer` holds. */
export const MAX_INTEGER = 2_147_483_647;

/** A number that counts rows from 1: a revision, a version, a run's number. Above that the database would fail. */
export const rowNumberSchema = z.int().min(1).max(MAX_INTEGER);
