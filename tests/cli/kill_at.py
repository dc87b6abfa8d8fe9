"""kill_at.py BYTES SIGNAL COMMAND...: sends the signal as soon as the journal of the command's -o has that many bytes.

Ends as a shell would say it did, or with 99 if the command ended before. Standard error goes on to ours.
"""
import os
import signal
import subprocess
import sys
import time

size, number, command = int(sys.argv[1]), signal.Signals["SIG" + sys.argv[2]], sys.argv[3:]
journal = command[command.index("-o") + 1] + ".journal"
process = subprocess.Popen(command)
while process.poll() is None:
    if os.path.exists(journal) and os.path.getsize(journal) >= size:
        process.send_signal(number)
        code = process.wait()
        sys.exit(code if code >= 0 else 128 - code)
    time.sleep(0.001)
sys.exit(99)
