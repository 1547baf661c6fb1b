import CommandLine

await SignalboxCommand.runToExit()
