/** Why a reference is refused in a place of a script, and what to write instead. */
const NUMBER_ADVICE = "Make it a number first: n=$(printf %d {{ … }}), then use $n here.";
export const ARITHMETIC = `Arithmetic would evaluate the value once more. ${NUMBER_ADVICE}`;
export const SUBSCRIPT = `A subscript would evaluate the value once more. ${NUMBER_ADVICE}`;
export const EXPANSION =
	"A value cannot stand inside the braces of an expansion. Assign it to a variable first: value={{ … }}, then use $value here.";
export const BACKSLASH = "A backslash stands directly before the reference and would undo its quotes. Remove it.";
export const DOLLAR = "A $ stands directly before the reference. Remove it, or write \\$ for a dollar sign.";
export const COMPARISON = "[[ … ]] would evaluate the value once more here. Use [ … ] instead of [[ … ]].";
export const QUOTED_DOCUMENT =
	"Nothing is replaced in a here-document whose delimiter is quoted. Write <<EOF, and \\$ for each dollar sign that is to stay.";
export const BACKTICKS = "A value cannot stand in backticks that hold a backslash. Use $( … ) instead.";
export const DELIMITER = "The end mark of a here-document cannot be a value. Write the mark itself.";
export const QUOTE_IN_EXPANSION =
	"An earlier expansion in double quotes holds a ', which versions of bash read differently. Assign it to a variable first.";
export const TOO_DEEP = "The script nests too deeply to tell how the value is quoted. Assign it to a variable first.";
export const TOO_MANY = "A script holds at most 1,000 references. Use a Python step, whose input has no such limit.";
export const TOO_MANY_WORDS =
	"The command has too many words before it to tell how the value is read. Put the values into a variable or a file first.";
