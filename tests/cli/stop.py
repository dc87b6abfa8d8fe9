"""stop.py SIGNAL COMMAND...: sends the signal once the command has begun its work; ends as a shell would say it did.

Work has begun when the command names its device on standard error: from then on it must heed signals. Waiting for that
line and not for a time keeps the tests true on a slow machine. With SIGNAL as ignored:SIGNAL the command starts with the
signal ignored, and gets a FASTA record on standard input after it. Standard error goes on to ours.
"""
import signal
import subprocess
import sys

name, command = sys.argv[1].removeprefix("ignored:"), sys.argv[2:]
ignored = name != sys.argv[1]
number = signal.Signals["SIG" + name]
if ignored:
    signal.signal(number, signal.SIG_IGN)
process = subprocess.Popen(command, stdin=subprocess.PIPE if ignored else None, stderr=subprocess.PIPE, text=True)
for line in process.stderr:
    sys.stderr.write(line)
    if "device:" in line:
        process.send_signal(number)
        if ignored:
            process.stdin.write(">r\n" + 500 * "ACGT" + "\n")
            process.stdin.close()
code = process.wait()
sys.exit(code if code >= 0 else 128 - code)
