"""The hardware line, tables on the terminal, and docs/benchmarks.md, section by section."""
import datetime
import os
import platform
import re
import subprocess

from . import gateway

PATH = os.environ.get("SIGNALBOX_BENCH_REPORT", os.path.join(gateway.ROOT, "docs/benchmarks.md"))

INTRODUCTION = """# Benchmarks

Written by `make bench`; every section says when and on what it was measured, and a partial run replaces only its own.
All servers and load generators share one machine and the loopback interface, so compare figures within a section, not
with other machines'. Rounds of the candidates are interleaved, and medians are shown. How each figure is taken is in
`Benchmarks/`.
"""

ORDER = ["Throughput", "Added latency", "Added time to first token", "Open streams", "Footprint", "Soak",
         "Soak with faults", "kill -9"]


def _output(*command):
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=10)
        return (run.stdout + run.stderr).strip().splitlines()[0]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "?"


def hardware():
    """One line: processor, cores, memory, kernel, and the versions of the tools."""
    with open("/proc/cpuinfo") as file:
        names = re.findall(r"model name\s*:\s*(.+)", file.read())
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal:\s+(\d+)", file.read()).group(1)) / 1048576
    nginx = _output("nginx", "-v").replace("nginx version: ", "")
    wrk = " ".join(_output("wrk", "-v").split()[:2])
    h2load = _output("h2load", "--version").replace("h2load ", "h2load/")
    version = gateway.version().splitlines()[0]
    return (f"{names[0].strip() if names else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
            f"Linux {platform.release()}; {version}; {nginx}, {wrk}, {h2load}")


def table(headers, rows):
    """A Markdown table; all columns but the first are right-aligned."""
    cells = [headers] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headers))]

    def line(row):
        aligned = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        return "| " + " | ".join(aligned) + " |"

    rule = "|" + "-" * (widths[0] + 2) + "|" + "|".join("-" * (width + 1) + ":" for width in widths[1:]) + "|"
    return "\n".join([line(cells[0]), rule] + [line(row) for row in cells[1:]])


def publish(title, text):
    """Prints a section and replaces it in the page."""
    today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    print(f"\n## {title}\n\n{text}\n", flush=True)
    sections = _read()
    sections[title] = f"{text}\n\n<sub>{today}; {hardware()}</sub>"
    names = [name for name in ORDER if name in sections] + [name for name in sections if name not in ORDER]
    with open(PATH, "w") as file:
        file.write(INTRODUCTION + "".join(f"\n## {name}\n\n{sections[name]}\n" for name in names))


def _read():
    if not os.path.exists(PATH):
        return {}
    with open(PATH) as file:
        parts = re.split(r"^## (.+)$", file.read(), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2])}
