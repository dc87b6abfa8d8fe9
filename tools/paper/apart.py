"""Work in a process of its own: its processor time and its memory are then those of the work."""
import concurrent.futures
import multiprocessing
import resource
import time


def measured(function, *arguments):
    """(result, processor seconds)."""
    begin = time.process_time()
    result = function(*arguments)
    return result, time.process_time() - begin


def peak_bytes():
    """Peak memory of this process so far, interpreter and libraries included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run(function, *arguments):
    """function(*arguments), in a process of its own; forked, for the libraries take seconds to load."""
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *arguments).result()
