/// Which Signalbox this is.
package enum SignalboxVersion {
    /// By semantic versioning. The same in every build of a release.
    package static let current = "0.1.0"
}
