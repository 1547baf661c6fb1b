#!/usr/bin/env python3
"""Measures Signalbox against nginx, against direct calls and, where installed, against other gateways.

    Benchmarks/run.py                      everything but the soaks
    Benchmarks/run.py throughput latency   some of it
    Benchmarks/run.py soak --soak-seconds 600
    Benchmarks/run.py soak-faults --soak-seconds 1800

Needs wrk, h2load (nghttp2-client), nginx (nginx-light), strip (binutils) and a release build. Prints a table for each
measurement and writes it to docs/benchmarks.md. Ends with 1 if a target is missed.
"""
import argparse
import os
import shutil
import sys

from bench import everything, fault_soak, gateway, measurements, report, soak
from bench.session import Session

MEASUREMENTS = {
    "throughput": ("Throughput", measurements.throughput, ["wrk", "nginx"]),
    "everything": ("Everything on", everything.everything, ["wrk", "nginx"]),
    "large": ("Long prompts", everything.large, ["wrk"]),
    "latency": ("Added latency", measurements.latency, ["h2load", "nginx"]),
    "first-token": ("Added time to first token", measurements.first_token, []),
    "streams": ("Open streams", measurements.open_streams, []),
    "footprint": ("Footprint", measurements.footprint, ["strip", "nginx"]),
    "soak": ("Soak", soak.soak, ["wrk", "nginx"]),
    "soak-faults": ("Soak with faults", fault_soak.fault_soak, []),
}


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measurements", nargs="*",
                        help=", ".join(MEASUREMENTS) + "; all but the soaks if none is named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10, help="of each round")
    parser.add_argument("--first-tokens", type=int, default=2000, help="streams to time")
    parser.add_argument("--streams", type=int, default=2000, help="streams to hold open")
    parser.add_argument("--records", type=int, default=1_000_000, help="in the store whose start is timed")
    parser.add_argument("--soak-seconds", type=int, default=600)
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder with logs and data")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.measurements if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"no measurement is called {unknown[0]}; there are {', '.join(MEASUREMENTS)}")
    chosen.measurements = chosen.measurements or [name for name in MEASUREMENTS if not name.startswith("soak")]
    return chosen


def require_tools(names):
    tools = {tool for name in names for tool in MEASUREMENTS[name][2]} | {gateway.BINARY}
    missing = sorted(tool for tool in tools if not shutil.which(tool))
    if missing:
        sys.exit(f"missing: {', '.join(missing)} (Debian: wrk nghttp2-client nginx-light binutils; make build)")


def main():
    os.environ["PATH"] += ":/usr/sbin"  # where Debian keeps nginx, and where not everybody looks
    chosen = options()
    require_tools(chosen.measurements)
    print(report.hardware())
    session, missed = Session(chosen), []
    try:
        for name in chosen.measurements:
            title, measure, _ = MEASUREMENTS[name]
            text, holds = measure(session)
            report.publish(title, text)
            session.rest()
            if not holds:
                missed.append(name)
    finally:
        session.close()
    if missed:
        print("Targets missed:", ", ".join(missed))
        sys.exit(1)


if __name__ == "__main__":
    main()
