/**
 * Runs a person's script as `__main__`, with `input` set, and hands on what it leaves in `output`. Tracebacks begin
 * at the person's own lines and show their text. Values travel in files: no length limit, and nothing to escape.
 */
export const PYTHON_HARNESS = `
import json, linecache, os, sys, traceback, types

FILE = "step.py"

def read(name):
    with open(os.path.join(os.environ["WEFT_COMMAND_FILES"], name), encoding="utf-8") as file:
        return file.read()

def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)

def run(source, module):
    try:
        exec(compile(source, FILE, "exec"), module.__dict__)
    except SystemExit as end:
        if end.code not in (None, 0):
            raise
    except BaseException as error:
        frame = error.__traceback__
        while frame is not None and frame.tb_frame.f_code.co_filename != FILE:
            frame = frame.tb_next
        traceback.print_exception(type(error), error, frame)
        sys.exit(1)

def hand_on(output):
    if not isinstance(output, dict):
        fail("output is a %s; set it to a dict such as {\\"total\\": 3}" % type(output).__name__)
    try:
        line = json.dumps(output, allow_nan=False)
    except (TypeError, ValueError) as error:
        fail("output cannot be handed on: %s" % error)
    with open(os.environ["WEFT_OUTPUT"], "a", encoding="utf-8") as file:
        file.write("\\n" + line + "\\n")

source = read("code.py")
linecache.cache[FILE] = (len(source), None, source.splitlines(True), FILE)
module = types.ModuleType("__main__")
module.input = json.loads(read("input.json"))
sys.modules["__main__"] = module
sys.argv = [FILE]
run(source, module)
if getattr(module, "output", None) is not None:
    hand_on(module.output)
`;
