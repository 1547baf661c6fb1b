public import ArgumentParser
public import SignalboxClient

// The client's own choices are the options' choices. A conformance of a public type is public, hence the imports.

extension RequestFilter.Status: ExpressibleByArgument {}

extension NewKey.Role: ExpressibleByArgument {}
