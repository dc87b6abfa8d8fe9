#!/usr/bin/env python3
"""A Slurm of one node that lives as long as a test: munged, slurmctld and slurmd in a folder of their own, on free ports.

    with slurm.running(folder) as environment: ...     commands of Slurm see it when they run with `environment`

Needs root and Debian's slurm-wlm and munge; no cgroups. As a program it runs one job and says so, for a look at whether
Slurm starts on a machine; exits 77 where it does not.
"""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

CONFIGURATION = """\
ClusterName=iresweep
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A job that is requeued waits until its credential has expired: two minutes by default.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
# A machine without cgroups will do.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=1,sched_interval=2
ReturnToService=2
KillWait=5
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=cpu Nodes={host} Default=YES MaxTime=60 State=UP
"""
START_SECONDS = 60


class NotHere(Exception):
    """Slurm cannot run on this machine; says why."""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def write_configuration(folder):
    """What slurmd finds of the machine stands in it: a node that has less than it claims is drained."""
    found = subprocess.run(["slurmd", "-C"], capture_output=True, text=True, check=False).stdout
    facts = dict(re.findall(r"(\w+)=(\S+)", found))
    if "CPUs" not in facts:
        raise NotHere(f"slurmd -C says nothing of this machine: {found!r}")
    controller_port, node_port = free_ports(2)
    (folder / "slurm.conf").write_text(
        CONFIGURATION.format(folder=folder, host=facts["NodeName"], cpus=facts["CPUs"], memory=facts["RealMemory"],
                             controller_port=controller_port, node_port=node_port))
    for name in ("state", "spool"):
        (folder / name).mkdir()
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o400)


def wait_for(what, is_so, daemons, seconds=START_SECONDS):
    end = time.monotonic() + seconds
    while not is_so():
        dead = [daemon.args[0] for daemon in daemons if daemon.poll() is not None]
        if dead or time.monotonic() > end:
            raise NotHere(f"{what}: " + (f"{dead[0]} ended" if dead else f"not within {seconds} s"))
        time.sleep(0.2)


def node_is_idle(environment):
    asked = subprocess.run(["sinfo", "--noheader", "--format=%T"], env=environment, capture_output=True, text=True, check=False)
    return asked.stdout.strip() == "idle"


def of_this_slurm(folder):
    """Processes that were started under it: jobs and their keepers survive their daemon."""
    mark = f"SLURM_CONF={folder}/slurm.conf".encode()
    for environ in pathlib.Path("/proc").glob("[0-9]*/environ"):
        pid = int(environ.parent.name)
        with contextlib.suppress(OSError):
            if pid != os.getpid() and mark in environ.read_bytes().split(b"\0"):
                yield pid


def stop(folder, daemons):
    for daemon in reversed(daemons):
        daemon.terminate()
    for daemon in daemons:
        with contextlib.suppress(subprocess.TimeoutExpired):
            daemon.wait(10)
    for pid in list(of_this_slurm(folder)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for daemon in daemons:
        daemon.wait()


def last_words(folder):
    logs = sorted(folder.glob("*.log")) + sorted(folder.glob("*.out"))
    return "\n".join(f"{log.name}: {line}" for log in logs for line in log.read_text(errors="replace").splitlines()[-8:])


@contextlib.contextmanager
def running(folder):
    """Yields the environment of its commands. Raises NotHere where it does not start."""
    missing = [name for name in ("munged", "slurmctld", "slurmd", "sbatch") if not shutil.which(name)]
    if os.geteuid() or missing:
        raise NotHere(f"no {missing[0]} here" if missing else "only root can start Slurm")
    folder = pathlib.Path(folder).resolve()
    environment = {**os.environ, "SLURM_CONF": f"{folder}/slurm.conf"}
    # By force, since nobody but root gets into the folder, which munged calls a fault.
    munged = ["munged", "--foreground", "--force", f"--socket={folder}/munge.socket", f"--key-file={folder}/munge.key",
              f"--log-file={folder}/munged.log", f"--pid-file={folder}/munged.pid", f"--seed-file={folder}/munged.seed"]
    daemons = []
    # What is told to end stops them all the same.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))

    def start(command):
        with open(folder / f"{command[0]}.out", "wb") as out:
            daemons.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                            start_new_session=True))

    try:
        try:
            write_configuration(folder)
            start(munged)
            wait_for("munged", (folder / "munge.socket").exists, daemons)
            start(["slurmctld", "-D"])
            start(["slurmd", "-D"])
            wait_for("slurm", lambda: node_is_idle(environment), daemons)
        except NotHere as fault:
            raise NotHere(f"{last_words(folder)}\n{fault}") from fault
        yield environment
    finally:
        stop(folder, daemons)


def main():
    with tempfile.TemporaryDirectory() as folder:
        try:
            with running(folder) as environment:
                out = pathlib.Path(folder, "hello.txt")
                subprocess.run(["sbatch", "--wait", f"--output={out}", "--wrap=echo hello from $SLURM_JOB_ID"],
                               env=environment, check=True)
                print(out.read_text(), end="")
        except NotHere as fault:
            print(fault)
            sys.exit(77)
        left = list(of_this_slurm(pathlib.Path(folder).resolve()))
        if left:
            sys.exit(f"left running: {left}")


if __name__ == "__main__":
    main()
