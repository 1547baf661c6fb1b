/// What a JSON text may cost its reader.
package struct JSONLimits: Sendable {
    /// How many objects and arrays may enclose a value.
    ///
    /// 128: real tool schemas nest below 30, and recursive readers behind us (models' own SDKs) give up at 500 to 1000.
    package var maximumDepth: Int

    /// - Parameter maximumDepth: At least 0; 0 allows values without containers only.
    package init(maximumDepth: Int = 128) {
        self.maximumDepth = maximumDepth
    }
}
