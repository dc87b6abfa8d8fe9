"""Work in a process of its own: its processor time and its memory are then those of the work."""
import multiprocessing
import resource
import signal
import sys
import time


def measured(function, *arguments):
    """(result, processor seconds)."""
    begin = time.process_time()
    result = function(*arguments)
    return result, time.process_time() - begin


def peak_bytes():
    """Peak memory of this process so far, interpreter and libraries included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def send_result(pipe, function, arguments):
    # Python's own handlers wait for the library's call to return, which may take minutes.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    pipe.send(function(*arguments))


def run(function, *arguments):
    """function(*arguments), in a process of its own, which ends with this one; forked, for the libraries take seconds to load."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=send_result, args=(sending, function, arguments))
    process.start()
    sending.close()
    try:
        return receiving.recv()
    except EOFError:
        sys.exit(f"{function.__module__}: the process that did the work ended without a result; its own words are above")
    finally:
        process.terminate()
        process.join()
