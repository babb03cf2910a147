"""References to CSL-JSON under Apache Spark, with the citelift command as a filter.

    parse.py MASTER HOW INPUT OUTPUT [--partitions N] [--kill]

MASTER is Spark's (`local-cluster[2,1,1024]`); INPUT a file with a reference a line; OUTPUT a
directory that Spark makes, whose parts in their order are what `citelift parse --to ndjson` gives
for the whole file, to the byte. HOW is `pipe` (RDD.pipe), `arrow` (mapInArrow) or `pandas`
(mapInPandas). CITELIFT is the command, PATH is looked through without it. With --kill, one
executor's JVM is killed when half of the partitions are done, to see that the job ends all the same.
"""
import argparse
import collections
import itertools
import os
import shlex
import signal
import subprocess
import sys
import threading
import time

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as f

COMMAND = [os.environ.get("CITELIFT", "citelift"), "parse", "--to", "ndjson", "--quiet", "--jobs", "1"]
SCHEMA = "number long, item string"


def filtered(lines):
    """What the command gives for an iterator of lines, line for line, as it comes."""
    child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with child.stdin:
            for line in lines:
                child.stdin.write(line.encode("utf8") + b"\n")

    threading.Thread(target=feed, daemon=True).start()
    for line in child.stdout:
        yield line[:-1].decode("utf8")
    # 1: something was lost, in some line; the item is there. 2: the command failed.
    if child.wait() not in (0, 1):
        raise RuntimeError(f"{shlex.join(COMMAND)} left with status {child.returncode}")


def by_batches(batches, column, make):
    """Batches of (number, line) to batches of (number, item): one command for a whole partition;
    what stands in the pipes is all that is held beside a batch."""
    waiting = collections.deque()

    def lines():
        for batch in batches:
            numbers, texts = column(batch)
            if len(numbers):
                waiting.append(numbers)
                yield from texts

    results = filtered(lines())
    # By the time a batch's first item comes back, its numbers wait.
    for first in results:
        numbers = waiting.popleft()
        yield make(numbers, [first, *itertools.islice(results, len(numbers) - 1)])


def with_arrow(batches):
    import pyarrow

    def column(batch):
        return batch.column("number"), batch.column("line").to_pylist()

    def make(numbers, items):
        return pyarrow.RecordBatch.from_arrays([numbers, pyarrow.array(items, pyarrow.string())], ["number", "item"])

    return by_batches(batches, column, make)


def with_pandas(frames):
    import pandas

    def column(frame):
        return frame["number"], frame["line"]

    def make(numbers, items):
        return pandas.DataFrame({"number": numbers.to_numpy(), "item": items})

    return by_batches(frames, column, make)


def numbered(rdd, counts):
    """The elements of an RDD with their places in the whole, from 1."""
    starts = [sum(counts[:part]) for part in range(len(counts))]
    return rdd.mapPartitionsWithIndex(lambda part, lines: zip(range(starts[part] + 1, sys.maxsize), lines))


def piped(lines, counts, spark):
    # RDD.pipe takes every status but 0 for a failure; 1 is none here.
    command = f"sh -c {shlex.quote(shlex.join(COMMAND) + ' || [ $? -eq 1 ]')}"
    return spark.createDataFrame(numbered(lines.pipe(command, checkCode=True), counts), SCHEMA)


def with_keys_of_all(items):
    """A partition's command tells equal keys of its own lines apart, `roe2010` and `roe2010-7`.
    Over all partitions: the first keeps it, each later one has its number behind it."""
    key = f.regexp_extract("item", r'^\{"id":"([a-z0-9]*)(?:-[0-9]+)?"', 1)
    place = f.row_number().over(Window.partitionBy("key").orderBy("number"))
    keyed = items.withColumn("key", key).withColumn("place", place)
    new = f.concat(f.lit('{"id":"'), "key", f.when(f.col("place") > 1, f.concat(f.lit("-"), "number")).otherwise(""))
    rest = f.expr("substring(item, length(regexp_extract(item, '^[^,}]*', 0)))")
    is_item = f.col("item").startswith('{"id":"')
    return keyed.select("number", f.when(is_item, f.concat(new, rest)).otherwise(f.col("item")).alias("item"))


def executors(driver):
    """The processes below the driver's that are executors: its own, and no one else's."""
    parents = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as stat, open(f"/proc/{pid}/cmdline") as line:
                parents[int(pid)] = int(stat.read().rsplit(")", 1)[1].split()[1]), line.read()
        except OSError:
            continue

    def is_below(pid):
        while pid in parents and pid != driver:
            pid = parents[pid][0]
        return pid == driver

    return [pid for pid, (_, line) in parents.items() if "CoarseGrainedExecutorBackend" in line and is_below(pid)]


def kill_half_way(context, partitions):
    """Kills an executor once a stage of all partitions has half of them done."""
    tracker = context.statusTracker()
    while True:
        for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
            # The counting of the lines has as many tasks, but is over in a moment.
            if stage and stage.numTasks == partitions and 2 * stage.numCompletedTasks >= partitions:
                found = executors(os.getpid())
                if found:
                    os.kill(found[0], signal.SIGKILL)
                    print(f"killed executor {found[0]} of {len(found)} with {stage.numCompletedTasks} of "
                          f"{stage.numTasks} tasks done", file=sys.stderr, flush=True)
                    return
        time.sleep(0.1)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("master")
    options.add_argument("how", choices=["pipe", "arrow", "pandas"])
    options.add_argument("input")
    options.add_argument("output")
    options.add_argument("--partitions", type=int, default=16)
    options.add_argument("--kill", action="store_true")
    given = options.parse_args()
    spark = (
        SparkSession.builder.master(given.master).appName("citelift")
        .config("spark.sql.shuffle.partitions", given.partitions)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    context = spark.sparkContext
    context.setLogLevel("ERROR")
    # A CR within a line ends it for Hadoop, but not for the command.
    lines = context.newAPIHadoopFile(
        f"file://{os.path.abspath(given.input)}",
        "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
        "org.apache.hadoop.io.LongWritable",
        "org.apache.hadoop.io.Text",
        conf={
            "textinputformat.record.delimiter": "\n",
            "mapreduce.input.fileinputformat.split.maxsize": str(-(-os.path.getsize(given.input) // given.partitions)),
        },
    ).values()
    counts = lines.mapPartitions(lambda part: [sum(1 for _ in part)]).collect()
    print(f"{sum(counts)} lines in {len(counts)} partitions", file=sys.stderr, flush=True)
    if given.kill:
        threading.Thread(target=kill_half_way, args=(context, len(counts)), daemon=True).start()
    if given.how == "pipe":
        items = piped(lines, counts, spark)
    else:
        frame = spark.createDataFrame(numbered(lines, counts), "number long, line string")
        run = frame.mapInArrow if given.how == "arrow" else frame.mapInPandas
        items = run(with_arrow if given.how == "arrow" else with_pandas, SCHEMA)
    with_keys_of_all(items).orderBy("number").select("item").write.text(f"file://{os.path.abspath(given.output)}")
    tasks = context.statusTracker()
    failed = sum(
        info.numFailedTasks
        for job in tasks.getJobIdsForGroup(None)
        for info in map(tasks.getStageInfo, tasks.getJobInfo(job).stageIds)
        if info
    )
    print(f"done; {failed} tasks failed and were run again", file=sys.stderr, flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
